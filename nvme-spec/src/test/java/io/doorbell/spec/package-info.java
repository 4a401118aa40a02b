/**
 * Checks every layout against the bytes and bits of the specifications, field by field.
 *
 * <p>Owns the checkers {@link io.doorbell.spec.WindowLayout}, {@link io.doorbell.spec.WordLayout}
 * and {@link io.doorbell.spec.CommandLayout}.
 *
 * <p>Threads: the test's.
 */
@NullMarked
package io.doorbell.spec;

import org.jspecify.annotations.NullMarked;
