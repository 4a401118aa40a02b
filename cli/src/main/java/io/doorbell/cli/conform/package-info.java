/**
 * The conformance suite against devices of other processes.
 *
 * <p>Owns nothing but connections, one at a time.
 *
 * <p>Uses testkit, vfio-user.
 */
@NullMarked
package io.doorbell.cli.conform;

import org.jspecify.annotations.NullMarked;
