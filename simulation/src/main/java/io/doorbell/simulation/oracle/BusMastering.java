package io.doorbell.simulation.oracle;

/** I04, of a function that may touch no memory at all. */
final class BusMastering extends Oracle {
    BusMastering(Oracle.Post post) {
        super(
                post,
                "I04",
                "Without bus mastering the function touches no memory.",
                "PCIe 1.0 §2.1.3, PCI Express Base §7.5.1.1.3");
    }

    @Override
    public void touchedUnmastered(long address, long sizeBytes, boolean toHost) {
        broken(
                "no access: bus mastering is off",
                "%d bytes at %Xh %s".formatted(sizeBytes, address, toHost ? "stored" : "loaded"));
    }
}
