/**
 * How things look on a terminal or in a pipe: summaries, tables, the progress bar.
 *
 * <p>Owns formatting and nothing else; 80 columns, ASCII, the same in every locale.
 *
 * <p>Threads: printers belong to the main thread; the progress bar has one of its own. Uses:
 * settings, reports, the interfaces of the lab.
 */
@NullMarked
package io.doorbell.cli.terminal;

import org.jspecify.annotations.NullMarked;
