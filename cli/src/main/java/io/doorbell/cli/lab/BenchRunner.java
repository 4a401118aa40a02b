package io.doorbell.cli.lab;

import io.doorbell.cli.report.BenchReport;
import io.doorbell.cli.report.BenchReport.Row;

import java.util.function.Consumer;

/** Measures how fast the whole system is, row by row. */
public interface BenchRunner {
    /**
     * Measures every row of the plan, in its order, and the yardstick beside each.
     *
     * @param measured told of each row as soon as it is there
     * @throws InputException if the plan cannot be run on this machine
     */
    BenchReport bench(BenchPlan plan, Consumer<Row> measured) throws InputException;
}
