package io.doorbell.cli.settings;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * What the controller offers; the driver takes what it wants of it.
 *
 * @param queuePairsMax I/O queue pairs it can create, 1 to 65535 (feature 07h, Base 2.0 §5.27.1.5)
 * @param queueEntriesMax largest I/O queue in entries, 2 to 65536 (CAP.MQES + 1, Base 2.0 §3.1.3.1)
 * @param doorbellStrideExponent CAP.DSTRD, 0 to 10: doorbells are {@code 4 << exponent} bytes apart
 * @param vectorCount MSI-X vectors, 1 to 2048; vector 0 belongs to the admin queue
 * @param transferMaxBytes largest transfer of one command, a power of two from 4 KiB to 8 MiB
 *     (Identify Controller, MDTS)
 * @param arbitrationBurstCommands commands fetched from one queue before others have their turn, a
 *     power of two from 1 to 64; empty: unlimited (feature 01h)
 * @param readyTimeout longest time from CC.EN to CSTS.RDY that it promises, 500 ms to 127.5 s in
 *     steps of 500 ms (CAP.TO)
 */
public record ControllerSettings(
        int queuePairsMax,
        int queueEntriesMax,
        int doorbellStrideExponent,
        int vectorCount,
        int transferMaxBytes,
        OptionalInt arbitrationBurstCommands,
        Duration readyTimeout) {}
