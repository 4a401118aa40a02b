/**
 * A JUnit extension for tests of one's own: a host and a controller for each test.
 *
 * <p>Owns the life of a test's device, and what a failure tells of it.
 *
 * <p>Threads: each test has a world of its own, so tests may run side by side.
 *
 * <p>Uses {@code testkit.conformance} and {@code testkit.device}. The only product code that knows
 * JUnit, which is on the class path of those who write tests only.
 */
@NullMarked
package io.doorbell.testkit.junit;

import org.jspecify.annotations.NullMarked;
