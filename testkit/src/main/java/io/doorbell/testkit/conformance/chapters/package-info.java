/**
 * The conformance tests, a class for each chapter.
 *
 * <p>Owns nothing. Every test starts from a device that was just powered on.
 *
 * <p>Threads: the runner's.
 *
 * <p>Uses {@code testkit.host} and {@code nvme-spec}.
 */
@NullMarked
package io.doorbell.testkit.conformance.chapters;

import org.jspecify.annotations.NullMarked;
