package io.doorbell.testkit.host;

import io.doorbell.bus.pci.MsixMessage;
import io.doorbell.bus.pci.PciFunction;
import io.doorbell.spec.pci.CapabilityHeader;
import io.doorbell.spec.pci.MsixCapability;
import io.doorbell.spec.pci.MsixTableEntry;

/** One MSI-X vector of the function, and the interrupts it has sent. */
public final class Vector {
    private static final long ON_THE_WAY_NANOS = 10_000;

    private final Host host;
    private final PciFunction function;
    private final int number;
    private final long entryOffset;
    private final int tableBar;
    private final MsixMessage message;
    private long seen;

    Vector(Host host, int number, int tableBar, long entryOffset) {
        this.host = host;
        this.function = host.function();
        this.number = number;
        this.tableBar = tableBar;
        this.entryOffset = entryOffset;
        this.message = function.reserveMessage();
        function.writeBar(tableBar, entryOffset, 4, message.address() & 0xFFFF_FFFFL);
        function.writeBar(tableBar, entryOffset + 4, 4, message.address() >>> 32);
        function.writeBar(tableBar, entryOffset + 8, 4, message.data() & 0xFFFF_FFFFL);
        setMasked(false);
    }

    public int number() {
        return number;
    }

    /** Sets the mask bit of the table entry. */
    public void setMasked(boolean masked) {
        function.writeBar(tableBar, entryOffset + 12, 4, masked ? 1 : 0);
        function.readBar(tableBar, entryOffset + 12, 4); // the store has taken effect
    }

    /** Interrupts received so far. */
    public long count() {
        return function.received(message);
    }

    /** Lets those on their way arrive; from now on only later interrupts count as expected. */
    public void forget() {
        function.runUntil(() -> false, ON_THE_WAY_NANOS);
        seen = count();
    }

    /** Waits for an interrupt that no earlier call has seen; takes all that have come. */
    public void expectInterrupt() {
        expectInterrupt(host.patienceNanos());
    }

    /** As {@link #expectInterrupt()}, within this time. */
    public void expectInterrupt(long nanos) {
        if (!function.runUntil(() -> count() > seen, nanos)) {
            Expect.fail(
                    "no interrupt of vector %d within %,d us (%s)"
                            .formatted(number, nanos / 1_000, state()));
        }
        seen = count();
    }

    /** None comes in this time. */
    public void expectNoInterrupt(long nanos) {
        long start = function.nanoTime();
        if (function.runUntil(() -> count() > seen, nanos)) {
            Expect.fail(
                    "unexpected interrupt of vector %d after %,d ns"
                            .formatted(number, function.nanoTime() - start));
        }
    }

    /** What may hold an interrupt back. */
    private String state() {
        int capability = host.findCapability(CapabilityHeader.ID_MSIX);
        int control = host.config(capability + MsixCapability.CONTROL_OFFSET_BYTES, 2);
        long entry =
                function.readBar(
                        tableBar, entryOffset + MsixTableEntry.VECTOR_CONTROL_OFFSET_BYTES, 4);
        return "MSI-X %s, function %s, entry %s, %s; %,d came before"
                .formatted(
                        (control & MsixCapability.CONTROL_ENABLE) != 0 ? "on" : "off",
                        maskState((control & MsixCapability.CONTROL_FUNCTION_MASK) != 0),
                        maskState((entry & MsixTableEntry.MASKED) != 0),
                        host.isPending(number) ? "pending" : "not pending",
                        count());
    }

    private static String maskState(boolean masked) {
        return masked ? "masked" : "unmasked";
    }
}
