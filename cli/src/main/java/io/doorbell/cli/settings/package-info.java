/**
 * The settings of a run: one table of knobs, read from HOCON, checked as a whole, handed on as
 * records.
 *
 * <p>Owns every key below {@code doorbell}: {@link io.doorbell.cli.settings.Knobs} is the only list
 * of them; validation, {@code doorbell config}, {@code application.conf} and {@code reference.conf}
 * follow from it.
 *
 * <p>Threads: everything here is immutable once loaded. Uses: the HOCON parser and the JDK.
 */
@NullMarked
package io.doorbell.cli.settings;

import org.jspecify.annotations.NullMarked;
