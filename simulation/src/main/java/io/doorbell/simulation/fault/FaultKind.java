package io.doorbell.simulation.fault;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What can go wrong at a site.
 *
 * <p>Sites are named by what they are and where, separated by slashes:
 *
 * <pre>
 *  write/sq-3-tail  write/cq-3-head  write/cc  write/1000h    stores into registers, on their way
 *  read/csts                                                  answers to register loads, on their way
 *  interrupt/2  pin                                           messages of a vector; the pin
 *  wake/sq-3  wake/cq-3                                       a queue's wake-up inside the device
 *  commands/cq-3                                              commands done, on their way to queue 3
 *  dma-read  dma-write                                        the device's accesses to memory
 *  block/read  block/write  block/flush  block/zero           what commands do to the blocks
 *  actor/completion-queue-3                                   messages of an actor of the device
 *  host/reset                                                 what the host is told to do
 * </pre>
 */
public enum FaultKind {
    /** Never arrives. Sites: write, interrupt, wake, commands, dma-write. */
    LOSE,
    /** Arrives twice. Sites: write, interrupt, wake. */
    DOUBLE,
    /**
     * Arrives {@code amount} ns late; what follows does not wait. Sites: write, interrupt, wake.
     */
    DELAY,
    /** Arrives behind the next one of any kind on its wire. Sites: write, interrupt. */
    REORDER,
    /** {@code amount} is exclusive-ored into the value. Sites: write, read. */
    FLIP,
    /** Reads all ones, as if nobody were there. Sites: read. */
    ALL_ONES,
    /** Reads what it read the last time. Sites: read. */
    STALE,
    /** Comes {@code amount} ns before its time, in front of what it tells of. Sites: interrupt. */
    OVERTAKE,
    /** Comes though nothing was sent, {@code amount} ns into the run. Sites: interrupt. */
    SPURIOUS,
    /** Fails: an error of the bus, or for blocks status {@code amount}. Sites: dma, block. */
    FAIL,
    /** Takes {@code amount} ns longer. Sites: commands. */
    SLOW,
    /** Never ends. Sites: commands. */
    HANG,
    /** Is done in part: {@code amount} bytes. Sites: block/write. */
    TEAR,
    /** Is done {@code amount} blocks further. Sites: block/write. */
    MISDIRECT,
    /** The actor that should get it fails. Sites: actor. */
    CRASH,
    /** The host resets: 0 CC.EN, 1 function level, 2 subsystem. Sites: host/reset. */
    RESET;

    /** As it is written. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static List<String> words() {
        return Arrays.stream(values()).map(FaultKind::word).toList();
    }
}
