package io.doorbell.spec.identify;

import io.doorbell.spec.LittleEndian;

import java.lang.foreign.MemorySegment;

/**
 * A window on the Identify Namespace fields common to all command sets, CNS 08h (Base 2.0
 * §5.17.2.8).
 */
public final class IndependentIdentifyNamespace {
    public static final int SIZE_BYTES = 4096;

    /** NSTAT: the namespace is ready. */
    public static final int NSTAT_READY = 1;

    public static final int NSFEAT_OFFSET_BYTES = 0;
    public static final int NMIC_OFFSET_BYTES = 1;
    public static final int RESCAP_OFFSET_BYTES = 2;
    public static final int FPI_OFFSET_BYTES = 3;
    public static final int ANAGRPID_OFFSET_BYTES = 4;
    public static final int NSATTR_OFFSET_BYTES = 8;
    public static final int NVMSETID_OFFSET_BYTES = 10;
    public static final int ENDGID_OFFSET_BYTES = 12;
    public static final int NSTAT_OFFSET_BYTES = 14;

    private MemorySegment memory = MemorySegment.NULL;
    private long offsetBytes;

    /** Moves the window to {@code offsetBytes} into {@code memory}. */
    public IndependentIdentifyNamespace wrap(MemorySegment memory, long offsetBytes) {
        this.memory = memory;
        this.offsetBytes = offsetBytes;
        return this;
    }

    /** Fills the structure with zeros. */
    public IndependentIdentifyNamespace clear() {
        memory.asSlice(offsetBytes, SIZE_BYTES).fill((byte) 0);
        return this;
    }

    /** NSFEAT: namespace features common to all command sets. */
    public int features() {
        return LittleEndian.u8(memory, offsetBytes + NSFEAT_OFFSET_BYTES);
    }

    /** Sets NSFEAT. */
    public IndependentIdentifyNamespace features(int features) {
        LittleEndian.u8(memory, offsetBytes + NSFEAT_OFFSET_BYTES, features);
        return this;
    }

    /** NMIC: bit 0: may be attached to several controllers at a time. */
    public int multiPathCapabilities() {
        return LittleEndian.u8(memory, offsetBytes + NMIC_OFFSET_BYTES);
    }

    /** Sets NMIC. */
    public IndependentIdentifyNamespace multiPathCapabilities(int multiPathCapabilities) {
        LittleEndian.u8(memory, offsetBytes + NMIC_OFFSET_BYTES, multiPathCapabilities);
        return this;
    }

    /** RESCAP: reservation types that are supported. */
    public int reservationCapabilities() {
        return LittleEndian.u8(memory, offsetBytes + RESCAP_OFFSET_BYTES);
    }

    /** Sets RESCAP. */
    public IndependentIdentifyNamespace reservationCapabilities(int reservationCapabilities) {
        LittleEndian.u8(memory, offsetBytes + RESCAP_OFFSET_BYTES, reservationCapabilities);
        return this;
    }

    /** FPI: bit 7 supported, bits 6:0 percentage still to be formatted. */
    public int formatProgress() {
        return LittleEndian.u8(memory, offsetBytes + FPI_OFFSET_BYTES);
    }

    /** Sets FPI. */
    public IndependentIdentifyNamespace formatProgress(int formatProgress) {
        LittleEndian.u8(memory, offsetBytes + FPI_OFFSET_BYTES, formatProgress);
        return this;
    }

    /** ANAGRPID: ANA group; 0 if not reported. */
    public int anaGroupId() {
        return LittleEndian.u32(memory, offsetBytes + ANAGRPID_OFFSET_BYTES);
    }

    /** Sets ANAGRPID. */
    public IndependentIdentifyNamespace anaGroupId(int anaGroupId) {
        LittleEndian.u32(memory, offsetBytes + ANAGRPID_OFFSET_BYTES, anaGroupId);
        return this;
    }

    /** NSATTR: bit 0: write protected. */
    public int attributes() {
        return LittleEndian.u8(memory, offsetBytes + NSATTR_OFFSET_BYTES);
    }

    /** Sets NSATTR. */
    public IndependentIdentifyNamespace attributes(int attributes) {
        LittleEndian.u8(memory, offsetBytes + NSATTR_OFFSET_BYTES, attributes);
        return this;
    }

    /** NVMSETID: NVM set; 0 if not reported. */
    public int nvmSetId() {
        return LittleEndian.u16(memory, offsetBytes + NVMSETID_OFFSET_BYTES);
    }

    /** Sets NVMSETID. */
    public IndependentIdentifyNamespace nvmSetId(int nvmSetId) {
        LittleEndian.u16(memory, offsetBytes + NVMSETID_OFFSET_BYTES, nvmSetId);
        return this;
    }

    /** ENDGID: endurance group; 0 if not reported. */
    public int enduranceGroupId() {
        return LittleEndian.u16(memory, offsetBytes + ENDGID_OFFSET_BYTES);
    }

    /** Sets ENDGID. */
    public IndependentIdentifyNamespace enduranceGroupId(int enduranceGroupId) {
        LittleEndian.u16(memory, offsetBytes + ENDGID_OFFSET_BYTES, enduranceGroupId);
        return this;
    }

    /** NSTAT: bit 0 (NRDY): the namespace is ready. */
    public int status() {
        return LittleEndian.u8(memory, offsetBytes + NSTAT_OFFSET_BYTES);
    }

    /** Sets NSTAT. */
    public IndependentIdentifyNamespace status(int status) {
        LittleEndian.u8(memory, offsetBytes + NSTAT_OFFSET_BYTES, status);
        return this;
    }
}
