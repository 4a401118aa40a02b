@NullMarked
package io.doorbell.cli.replay;

import org.jspecify.annotations.NullMarked;
