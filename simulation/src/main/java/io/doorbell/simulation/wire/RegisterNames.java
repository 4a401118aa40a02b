package io.doorbell.simulation.wire;

import io.doorbell.bus.pci.PciAccess.BarRead;
import io.doorbell.bus.pci.PciAccess.BarWrite;
import io.doorbell.spec.Doorbells;
import io.doorbell.spec.Registers;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Names of registers as faults and traces have them: {@code sq-3-tail}, {@code cc}, {@code 24h}.
 *
 * <p>Threads: any.
 */
public final class RegisterNames {
    private final int doorbellStride;
    private final Map<Long, String> stores = new ConcurrentHashMap<>(); // never iterated
    private final Map<Long, String> loads = new ConcurrentHashMap<>(); // never iterated

    /**
     * @param doorbellStride CAP.DSTRD
     */
    public RegisterNames(int doorbellStride) {
        this.doorbellStride = doorbellStride;
    }

    /** The site of a store. */
    public String store(BarWrite write) {
        return stores.computeIfAbsent(
                key(write.bar(), write.offsetBytes()),
                _ -> "write/" + name(write.bar(), write.offsetBytes()));
    }

    /** The site of a load's answer. */
    public String load(BarRead read) {
        return loads.computeIfAbsent(
                key(read.bar(), read.offsetBytes()),
                _ -> "read/" + name(read.bar(), read.offsetBytes()));
    }

    private static long key(int bar, long offsetBytes) {
        return offsetBytes << 3 | bar;
    }

    /** The name of a register. */
    public String name(int bar, long offsetBytes) {
        if (bar != 0) {
            return "bar-%d-%xh".formatted(bar, offsetBytes);
        }
        int index = Doorbells.index(offsetBytes, doorbellStride);
        if (index >= 0) {
            return (Doorbells.isCompletionHead(index) ? "cq-%d-head" : "sq-%d-tail")
                    .formatted(Doorbells.queueId(index));
        }
        return switch ((int) offsetBytes) {
            case Registers.CAP -> "cap";
            case Registers.VS -> "vs";
            case Registers.CC -> "cc";
            case Registers.CSTS -> "csts";
            case Registers.AQA -> "aqa";
            case Registers.ASQ -> "asq";
            case Registers.ACQ -> "acq";
            default -> "%xh".formatted(offsetBytes);
        };
    }
}
