package io.doorbell.testkit.host;

import io.doorbell.bus.pci.PciFunction;

import org.jspecify.annotations.Nullable;

/** Looks for stores into a range of memory while something goes on. */
final class MemoryProbe implements ObservableStores.Listener {
    private static final long ON_THE_WAY_NANOS = 10_000;

    private final Host host;
    private final PciFunction function;
    private final long address;
    private final long sizeBytes;
    private final long startNanoTime;
    private @Nullable String firstStore;

    private MemoryProbe(Host host, long address, long sizeBytes) {
        if (sizeBytes <= 0) {
            throw new IllegalArgumentException("A range of no bytes is never written.");
        }
        this.host = host;
        this.function = host.function();
        this.address = address;
        this.sizeBytes = sizeBytes;
        this.startNanoTime = function.nanoTime();
    }

    static void expectNoWrite(Host host, long address, long sizeBytes, long nanos) {
        MemoryProbe probe = new MemoryProbe(host, address, sizeBytes);
        probe.during(() -> host.function().runUntil(() -> probe.firstStore != null, nanos));
    }

    static void expectNoWrite(Host host, long address, long sizeBytes, Runnable action) {
        new MemoryProbe(host, address, sizeBytes)
                .during(
                        () -> {
                            action.run();
                            host.elapse(ON_THE_WAY_NANOS);
                        });
    }

    private void during(Runnable action) {
        if (function instanceof ObservableStores stores) {
            stores.addListener(this);
            try {
                action.run();
            } finally {
                stores.removeListener(this);
            }
            if (firstStore != null) {
                Expect.fail(firstStore);
            }
        } else {
            Memory.Watch watch = host.memory().watch(address, Math.toIntExact(sizeBytes));
            action.run();
            watch.expectUnchanged();
        }
    }

    @Override
    public void stored(long storeAddress, long storeBytes) {
        if (firstStore == null && overlaps(storeAddress, storeBytes)) {
            firstStore =
                    ("the device stored %,d bytes at %Xh after %,d ns,"
                                    + " expected no store into the %,d bytes at %Xh")
                            .formatted(
                                    storeBytes,
                                    storeAddress,
                                    function.nanoTime() - startNanoTime,
                                    sizeBytes,
                                    address);
        }
    }

    /** Either range begins within the other; addresses are unsigned and wrap. */
    private boolean overlaps(long storeAddress, long storeBytes) {
        return storeBytes != 0
                && (Long.compareUnsigned(storeAddress - address, sizeBytes) < 0
                        || Long.compareUnsigned(address - storeAddress, storeBytes) < 0);
    }
}
