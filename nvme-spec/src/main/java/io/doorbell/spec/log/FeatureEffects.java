package io.doorbell.spec.log;

import io.doorbell.spec.LittleEndian;

import java.lang.foreign.MemorySegment;
import java.util.Objects;

/** A window on log page 12h, Feature Identifiers Supported and Effects (Base 2.0 §5.16.1). */
public final class FeatureEffects {
    public static final int SIZE_BYTES = 1024;

    public static final int FEATURE_OFFSET_BYTES = 0;
    public static final int FEATURE_COUNT = 256;

    private MemorySegment memory = MemorySegment.NULL;
    private long offsetBytes;

    /** Moves the window to {@code offsetBytes} into {@code memory}. */
    public FeatureEffects wrap(MemorySegment memory, long offsetBytes) {
        this.memory = memory;
        this.offsetBytes = offsetBytes;
        return this;
    }

    /** Fills the structure with zeros. */
    public FeatureEffects clear() {
        memory.asSlice(offsetBytes, SIZE_BYTES).fill((byte) 0);
        return this;
    }

    /** The dword of feature {@code index}; see {@link FeatureEffect}. */
    public int feature(int index) {
        return LittleEndian.u32(
                memory,
                offsetBytes + FEATURE_OFFSET_BYTES + 4L * Objects.checkIndex(index, FEATURE_COUNT));
    }

    /** Sets FEATURE number {@code index}, from 0 to 255. */
    public FeatureEffects feature(int index, int value) {
        LittleEndian.u32(
                memory,
                offsetBytes + FEATURE_OFFSET_BYTES + 4L * Objects.checkIndex(index, FEATURE_COUNT),
                value);
        return this;
    }
}
