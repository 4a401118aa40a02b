/**
 * What the command expects of whoever runs things for it: a run, a benchmark, and how they talk
 * back.
 *
 * <p>Threads: a runner is called on the main thread and returns when all is done. Uses: settings
 * and reports.
 */
@NullMarked
package io.doorbell.cli.lab;

import org.jspecify.annotations.NullMarked;
