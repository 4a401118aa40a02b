/**
 * Fields of each command: static readers and setters over a {@link
 * io.doorbell.spec.SubmissionEntry}, and windows on the ranges some commands take as data.
 *
 * <p>Owns which bits of the command dwords mean what. Knows no rules about which values are allowed
 * when.
 *
 * <p>Threads: no state; the entry belongs to whoever wrapped it.
 *
 * <p>Uses only the JDK.
 */
@NullMarked
package io.doorbell.spec.command;

import org.jspecify.annotations.NullMarked;
