package io.doorbell.cli.lab;

import java.util.List;

/**
 * What to measure: every depth at every number of queue pairs.
 *
 * @param queuePairCounts each 1 to 65535; at least one
 * @param depths commands that each pair keeps in flight, each 1 to 65535; at least one
 * @param secondsPerRow measured time of each row, 1 to 3600; warming up comes on top
 * @param rest whether idle costs and the coalescing time are measured too
 */
public record BenchPlan(
        List<Integer> queuePairCounts, List<Integer> depths, int secondsPerRow, boolean rest) {
    public BenchPlan {
        queuePairCounts = List.copyOf(queuePairCounts);
        depths = List.copyOf(depths);
    }
}
