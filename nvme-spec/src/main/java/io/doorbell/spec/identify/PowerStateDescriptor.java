package io.doorbell.spec.identify;

import io.doorbell.spec.LittleEndian;

import java.lang.foreign.MemorySegment;

/** A window on one power state of Identify Controller (Base 2.0 §5.17.2.1). */
public final class PowerStateDescriptor {
    public static final int SIZE_BYTES = 32;

    /** MXPS: MP counts 100 µW. */
    public static final int FLAG_FINE_SCALE = 1;

    /** NOPS: no I/O commands in this state. */
    public static final int FLAG_NON_OPERATIONAL = 1 << 1;

    public static final int MP_OFFSET_BYTES = 0;
    public static final int FLAGS_OFFSET_BYTES = 3;
    public static final int ENLAT_OFFSET_BYTES = 4;
    public static final int EXLAT_OFFSET_BYTES = 8;
    public static final int RRT_OFFSET_BYTES = 12;
    public static final int RRL_OFFSET_BYTES = 13;
    public static final int RWT_OFFSET_BYTES = 14;
    public static final int RWL_OFFSET_BYTES = 15;
    public static final int IDLP_OFFSET_BYTES = 16;
    public static final int IPS_OFFSET_BYTES = 18;
    public static final int ACTP_OFFSET_BYTES = 20;
    public static final int APS_OFFSET_BYTES = 22;

    private MemorySegment memory = MemorySegment.NULL;
    private long offsetBytes;

    /** Moves the window to {@code offsetBytes} into {@code memory}. */
    public PowerStateDescriptor wrap(MemorySegment memory, long offsetBytes) {
        this.memory = memory;
        this.offsetBytes = offsetBytes;
        return this;
    }

    /** Fills the structure with zeros. */
    public PowerStateDescriptor clear() {
        memory.asSlice(offsetBytes, SIZE_BYTES).fill((byte) 0);
        return this;
    }

    /** MP: most power drawn, in units of 10 mW, or 100 µW with {@link #FLAG_FINE_SCALE}. */
    public int maximumPower() {
        return LittleEndian.u16(memory, offsetBytes + MP_OFFSET_BYTES);
    }

    /** Sets MP. */
    public PowerStateDescriptor maximumPower(int maximumPower) {
        LittleEndian.u16(memory, offsetBytes + MP_OFFSET_BYTES, maximumPower);
        return this;
    }

    /** The {@code FLAG_} bits. */
    public int flags() {
        return LittleEndian.u8(memory, offsetBytes + FLAGS_OFFSET_BYTES);
    }

    /** Sets FLAGS. */
    public PowerStateDescriptor flags(int flags) {
        LittleEndian.u8(memory, offsetBytes + FLAGS_OFFSET_BYTES, flags);
        return this;
    }

    /** ENLAT: time to enter the state, in µs. */
    public int entryLatencyMicros() {
        return LittleEndian.u32(memory, offsetBytes + ENLAT_OFFSET_BYTES);
    }

    /** Sets ENLAT. */
    public PowerStateDescriptor entryLatencyMicros(int entryLatencyMicros) {
        LittleEndian.u32(memory, offsetBytes + ENLAT_OFFSET_BYTES, entryLatencyMicros);
        return this;
    }

    /** EXLAT: time to leave the state, in µs. */
    public int exitLatencyMicros() {
        return LittleEndian.u32(memory, offsetBytes + EXLAT_OFFSET_BYTES);
    }

    /** Sets EXLAT. */
    public PowerStateDescriptor exitLatencyMicros(int exitLatencyMicros) {
        LittleEndian.u32(memory, offsetBytes + EXLAT_OFFSET_BYTES, exitLatencyMicros);
        return this;
    }

    /** RRT: rank among the states, 0 is best. */
    public int relativeReadThroughput() {
        return LittleEndian.u8(memory, offsetBytes + RRT_OFFSET_BYTES);
    }

    /** Sets RRT. */
    public PowerStateDescriptor relativeReadThroughput(int relativeReadThroughput) {
        LittleEndian.u8(memory, offsetBytes + RRT_OFFSET_BYTES, relativeReadThroughput);
        return this;
    }

    /** RRL: rank among the states, 0 is best. */
    public int relativeReadLatency() {
        return LittleEndian.u8(memory, offsetBytes + RRL_OFFSET_BYTES);
    }

    /** Sets RRL. */
    public PowerStateDescriptor relativeReadLatency(int relativeReadLatency) {
        LittleEndian.u8(memory, offsetBytes + RRL_OFFSET_BYTES, relativeReadLatency);
        return this;
    }

    /** RWT: rank among the states, 0 is best. */
    public int relativeWriteThroughput() {
        return LittleEndian.u8(memory, offsetBytes + RWT_OFFSET_BYTES);
    }

    /** Sets RWT. */
    public PowerStateDescriptor relativeWriteThroughput(int relativeWriteThroughput) {
        LittleEndian.u8(memory, offsetBytes + RWT_OFFSET_BYTES, relativeWriteThroughput);
        return this;
    }

    /** RWL: rank among the states, 0 is best. */
    public int relativeWriteLatency() {
        return LittleEndian.u8(memory, offsetBytes + RWL_OFFSET_BYTES);
    }

    /** Sets RWL. */
    public PowerStateDescriptor relativeWriteLatency(int relativeWriteLatency) {
        LittleEndian.u8(memory, offsetBytes + RWL_OFFSET_BYTES, relativeWriteLatency);
        return this;
    }

    /** IDLP: power when idle, in the unit of IPS. */
    public int idlePower() {
        return LittleEndian.u16(memory, offsetBytes + IDLP_OFFSET_BYTES);
    }

    /** Sets IDLP. */
    public PowerStateDescriptor idlePower(int idlePower) {
        LittleEndian.u16(memory, offsetBytes + IDLP_OFFSET_BYTES, idlePower);
        return this;
    }

    /** IPS in bits 7:6: 0 not reported, 1 100 µW, 2 10 mW. */
    public int idlePowerScale() {
        return LittleEndian.u8(memory, offsetBytes + IPS_OFFSET_BYTES);
    }

    /** Sets IPS. */
    public PowerStateDescriptor idlePowerScale(int idlePowerScale) {
        LittleEndian.u8(memory, offsetBytes + IPS_OFFSET_BYTES, idlePowerScale);
        return this;
    }

    /** ACTP: power when working, in the unit of APS. */
    public int activePower() {
        return LittleEndian.u16(memory, offsetBytes + ACTP_OFFSET_BYTES);
    }

    /** Sets ACTP. */
    public PowerStateDescriptor activePower(int activePower) {
        LittleEndian.u16(memory, offsetBytes + ACTP_OFFSET_BYTES, activePower);
        return this;
    }

    /** APS in bits 7:6, as IPS; APW, the workload, in bits 2:0. */
    public int activePowerScale() {
        return LittleEndian.u8(memory, offsetBytes + APS_OFFSET_BYTES);
    }

    /** Sets APS. */
    public PowerStateDescriptor activePowerScale(int activePowerScale) {
        LittleEndian.u8(memory, offsetBytes + APS_OFFSET_BYTES, activePowerScale);
        return this;
    }
}
