@NullMarked
package io.doorbell.cli.trace;

import org.jspecify.annotations.NullMarked;
