package io.doorbell.cli;

import io.doorbell.cli.lab.BenchRunner;
import io.doorbell.cli.lab.LabRunner;

import java.io.PrintWriter;
import java.util.function.Supplier;

/** What every command needs. Runners are made when they are needed: help should come at once. */
record CommandContext(
        Supplier<LabRunner> labRunner,
        Supplier<BenchRunner> benchRunner,
        Surroundings surroundings,
        PrintWriter out,
        PrintWriter err) {}
