/**
 * What the parts of the command path cost, each beside a yardstick of the same run. Quote the
 * ratios, not the nanoseconds.
 *
 * <p>The whole system is measured by {@code doorbell bench}.
 */
@NullMarked
package io.doorbell.benchmarks;

import org.jspecify.annotations.NullMarked;
