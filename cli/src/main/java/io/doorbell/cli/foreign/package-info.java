/**
 * Devices of other processes: what they are, and the conformance suite against them.
 *
 * <p>Owns nothing but connections, one at a time.
 *
 * <p>Uses testkit, vfio-user.
 */
@NullMarked
package io.doorbell.cli.foreign;

import org.jspecify.annotations.NullMarked;
