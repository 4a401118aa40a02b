/** A served device and the conformance suite, in one process with a real socket between them. */
@NullMarked
package io.doorbell.cli.foreign;

import org.jspecify.annotations.NullMarked;
