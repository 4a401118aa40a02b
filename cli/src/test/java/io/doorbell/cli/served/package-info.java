@NullMarked
package io.doorbell.cli.served;

import org.jspecify.annotations.NullMarked;
