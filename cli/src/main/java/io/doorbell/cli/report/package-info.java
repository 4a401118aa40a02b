/**
 * What came of a run or a benchmark: figures with units in their names, ready for JSON.
 *
 * <p>A figure that follows from others is computed here, so that it cannot contradict them. The
 * names are part of the interface: scripts read them.
 *
 * <p>Threads: everything here is immutable. Uses: the JSON writer, and HdrHistogram for
 * percentiles.
 */
@NullMarked
package io.doorbell.cli.report;

import org.jspecify.annotations.NullMarked;
