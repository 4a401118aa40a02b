/** A served device and the conformance suite, in one process with a real socket between them. */
@NullMarked
package io.doorbell.cli.conform;

import org.jspecify.annotations.NullMarked;
