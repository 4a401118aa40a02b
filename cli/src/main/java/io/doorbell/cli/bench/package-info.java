/**
 * The whole-system benchmark and its yardstick.
 *
 * <p>Owns what is measured and how; the machine it measures is that of {@code run}.
 *
 * <p>Threads: the caller's waits and reads clocks while the machine runs; the yardstick runs on it.
 */
@NullMarked
package io.doorbell.cli.bench;

import org.jspecify.annotations.NullMarked;
