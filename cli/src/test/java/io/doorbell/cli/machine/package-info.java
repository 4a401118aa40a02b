/** Tests of a whole device and host. */
@NullMarked
package io.doorbell.cli.machine;

import org.jspecify.annotations.NullMarked;
