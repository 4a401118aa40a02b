package io.doorbell.vfiouser.memory;

/** Is told what a client does with its memory. */
public interface RegionListener {
    /** Looks at nothing. */
    RegionListener NONE =
            new RegionListener() {
                @Override
                public void mapped(long address, long bytes, boolean readable, boolean writable) {}

                @Override
                public void unmapped(long address, long bytes) {}
            };

    /** A range can be accessed from now on. */
    void mapped(long address, long bytes, boolean readable, boolean writable);

    /** No access reaches this range any more. */
    void unmapped(long address, long bytes);
}
