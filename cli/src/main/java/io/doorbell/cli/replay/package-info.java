/** A trace once more, without its machine: the device gets what it got, and is compared. */
@NullMarked
package io.doorbell.cli.replay;

import org.jspecify.annotations.NullMarked;
