/**
 * Where the host's I/O comes from, and whether its data came back right.
 *
 * <p>Owns the workloads (fio's words, iolog replay), the stamp in every block written, and the
 * ledger of what each block must hold. Pure logic: a driver asks for requests, carries them out,
 * and reports how they ended.
 *
 * <p>Threads: a source and all it owns belong to the one actor that pulls from it. Time arrives as
 * an argument and chance from a seed, so the same calls give the same requests.
 *
 * <p>Uses only the JDK: no actors, no clock, no other module.
 */
@NullMarked
package io.doorbell.guest.workload;

import org.jspecify.annotations.NullMarked;
