/**
 * The {@code doorbell} command: what the user types, what comes back, with which exit code.
 *
 * <p>Owns the command line. What a run is made of is not known here; a {@link
 * io.doorbell.cli.lab.LabRunner} is given to {@link io.doorbell.cli.Main}.
 *
 * <p>Threads: the main thread only. Uses: picocli, settings, reports, terminal.
 */
@NullMarked
package io.doorbell.cli;

import org.jspecify.annotations.NullMarked;
