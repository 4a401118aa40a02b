/** A record of all traffic between a served device and its driver. */
@NullMarked
package io.doorbell.cli.trace;

import org.jspecify.annotations.NullMarked;
