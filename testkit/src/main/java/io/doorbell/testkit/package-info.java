/**
 * What tests of a whole device and host share.
 *
 * <p>The conformance suite and the probes for users' own tests come here; the architecture rules of
 * the project are tests of this module, because it sees all others below the command.
 */
@NullMarked
package io.doorbell.testkit;

import org.jspecify.annotations.NullMarked;
