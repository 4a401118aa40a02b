package io.doorbell.spec;

import java.lang.foreign.MemorySegment;

/**
 * A window on one submission queue entry (Base 2.0 §3.3.3.1). Reusable: {@link #wrap} moves it, and
 * nothing here copies or allocates.
 *
 * <pre>
 *  byte 0      4      8      12     16     24     32     40 .. 63
 *       | CDW0 | NSID | CDW2 | CDW3 | MPTR | PRP1 | PRP2 | CDW10 .. CDW15 |
 *  CDW0: CID 31:16, PSDT 15:14, FUSE 09:08, OPC 07:00
 * </pre>
 *
 * <p>Every getter reads memory again. The other side may change an entry at any time, so read a
 * field once, check that value and use that value.
 */
public final class SubmissionEntry {
    public static final int SIZE_BYTES = 64;

    public static final int CDW0_OFFSET_BYTES = 0;
    public static final int COMMAND_ID_OFFSET_BYTES = 2;
    public static final int NAMESPACE_ID_OFFSET_BYTES = 4;
    public static final int CDW2_OFFSET_BYTES = 8;
    public static final int CDW3_OFFSET_BYTES = 12;
    public static final int METADATA_POINTER_OFFSET_BYTES = 16;
    public static final int PRP1_OFFSET_BYTES = 24;
    public static final int PRP2_OFFSET_BYTES = 32;
    public static final int CDW10_OFFSET_BYTES = 40;
    public static final int CDW11_OFFSET_BYTES = 44;
    public static final int CDW12_OFFSET_BYTES = 48;
    public static final int CDW13_OFFSET_BYTES = 52;
    public static final int CDW14_OFFSET_BYTES = 56;
    public static final int CDW15_OFFSET_BYTES = 60;

    /** FUSE: not part of a fused operation. */
    public static final int FUSE_NONE = 0;

    /** FUSE: first command of a fused operation. */
    public static final int FUSE_FIRST = 1;

    /** FUSE: second command of a fused operation. */
    public static final int FUSE_SECOND = 2;

    /** PSDT: the data pointer holds PRP1 and PRP2. */
    public static final int DATA_POINTER_PRP = 0;

    /** PSDT: the data pointer is an SGL descriptor, MPTR a contiguous buffer. */
    public static final int DATA_POINTER_SGL = 1;

    /** PSDT: the data pointer is an SGL descriptor, MPTR the address of another. */
    public static final int DATA_POINTER_SGL_METADATA_SGL = 2;

    private static final BitField OPC = BitField.of(7, 0);
    private static final BitField FUSE = BitField.of(9, 8);
    private static final BitField PSDT = BitField.of(15, 14);

    private MemorySegment memory = MemorySegment.NULL;
    private long entryOffsetBytes;

    /** Moves the window to the entry that starts {@code entryOffsetBytes} into {@code memory}. */
    public SubmissionEntry wrap(MemorySegment memory, long entryOffsetBytes) {
        this.memory = memory;
        this.entryOffsetBytes = entryOffsetBytes;
        return this;
    }

    /** Fills the entry with zeros. */
    public SubmissionEntry clear() {
        memory.asSlice(entryOffsetBytes, SIZE_BYTES).fill((byte) 0);
        return this;
    }

    /**
     * Bytes 7:0 of an entry with PRPs and without fusing, as they are stored: CDW0 and NSID. For
     * those who store an entry by qwords.
     */
    public static long firstQword(int opcode, int commandId, int namespaceId) {
        return opcode | (long) commandId << 16 | (long) namespaceId << 32;
    }

    /** Bytes 7:0, CDW0 and NSID, in one read; see {@link #opcode(long)} and its like. */
    public long firstQword() {
        return LittleEndian.u64(memory, entryOffsetBytes);
    }

    /** OPC of a {@link #firstQword()}. */
    public static int opcode(long firstQword) {
        return OPC.get((int) firstQword);
    }

    /** FUSE of a {@link #firstQword()}. */
    public static int fuse(long firstQword) {
        return FUSE.get((int) firstQword);
    }

    /** PSDT of a {@link #firstQword()}. */
    public static int dataPointerKind(long firstQword) {
        return PSDT.get((int) firstQword);
    }

    /** CID of a {@link #firstQword()}. */
    public static int commandId(long firstQword) {
        return (int) firstQword >>> 16;
    }

    /** NSID of a {@link #firstQword()}. */
    public static int namespaceId(long firstQword) {
        return (int) (firstQword >>> 32);
    }

    /** CDW0: opcode, FUSE, PSDT and command identifier in one read. */
    public int cdw0() {
        return dword(CDW0_OFFSET_BYTES);
    }

    /** Replaces all of CDW0. */
    public SubmissionEntry cdw0(int value) {
        return dword(CDW0_OFFSET_BYTES, value);
    }

    /** OPC, 0 to FFh; see {@link AdminOpcode} and {@link NvmOpcode}. */
    public int opcode() {
        return OPC.get(cdw0());
    }

    /** Sets OPC, 0 to FFh. */
    public SubmissionEntry opcode(int opcode) {
        return cdw0(OPC.set(cdw0(), opcode));
    }

    /** FUSE: one of the {@code FUSE_} constants, or 3 (reserved). */
    public int fuse() {
        return FUSE.get(cdw0());
    }

    /** Sets FUSE, 0 to 3. */
    public SubmissionEntry fuse(int fuse) {
        return cdw0(FUSE.set(cdw0(), fuse));
    }

    /** PSDT: one of the {@code DATA_POINTER_} constants, or 3 (reserved). */
    public int dataPointerKind() {
        return PSDT.get(cdw0());
    }

    /** Sets PSDT, 0 to 3. */
    public SubmissionEntry dataPointerKind(int kind) {
        return cdw0(PSDT.set(cdw0(), kind));
    }

    /** CID, 0 to FFFFh: unique among the outstanding commands of one submission queue. */
    public int commandId() {
        return LittleEndian.u16(memory, entryOffsetBytes + COMMAND_ID_OFFSET_BYTES);
    }

    /** Sets CID. FFFFh is best avoided: the error log uses it for "no command". */
    public SubmissionEntry commandId(int commandId) {
        LittleEndian.u16(memory, entryOffsetBytes + COMMAND_ID_OFFSET_BYTES, commandId);
        return this;
    }

    /** NSID; FFFFFFFFh is broadcast. */
    public int namespaceId() {
        return dword(NAMESPACE_ID_OFFSET_BYTES);
    }

    /** Sets NSID. */
    public SubmissionEntry namespaceId(int namespaceId) {
        return dword(NAMESPACE_ID_OFFSET_BYTES, namespaceId);
    }

    /** MPTR. */
    public long metadataPointer() {
        return qword(METADATA_POINTER_OFFSET_BYTES);
    }

    /** Sets MPTR. */
    public SubmissionEntry metadataPointer(long address) {
        return qword(METADATA_POINTER_OFFSET_BYTES, address);
    }

    /** PRP Entry 1, or bytes 7:0 of an SGL descriptor. */
    public long prp1() {
        return qword(PRP1_OFFSET_BYTES);
    }

    /** Sets PRP Entry 1. */
    public SubmissionEntry prp1(long entry) {
        return qword(PRP1_OFFSET_BYTES, entry);
    }

    /** PRP Entry 2, or bytes 15:8 of an SGL descriptor. */
    public long prp2() {
        return qword(PRP2_OFFSET_BYTES);
    }

    /** Sets PRP Entry 2. */
    public SubmissionEntry prp2(long entry) {
        return qword(PRP2_OFFSET_BYTES, entry);
    }

    /** Command dword 2; its meaning depends on the opcode. */
    public int cdw2() {
        return dword(CDW2_OFFSET_BYTES);
    }

    /** Sets command dword 2. */
    public SubmissionEntry cdw2(int value) {
        return dword(CDW2_OFFSET_BYTES, value);
    }

    /** Command dword 3; its meaning depends on the opcode. */
    public int cdw3() {
        return dword(CDW3_OFFSET_BYTES);
    }

    /** Sets command dword 3. */
    public SubmissionEntry cdw3(int value) {
        return dword(CDW3_OFFSET_BYTES, value);
    }

    /** Command dword 10; its meaning depends on the opcode. */
    public int cdw10() {
        return dword(CDW10_OFFSET_BYTES);
    }

    /** Sets command dword 10. */
    public SubmissionEntry cdw10(int value) {
        return dword(CDW10_OFFSET_BYTES, value);
    }

    /** Command dword 11; its meaning depends on the opcode. */
    public int cdw11() {
        return dword(CDW11_OFFSET_BYTES);
    }

    /** Sets command dword 11. */
    public SubmissionEntry cdw11(int value) {
        return dword(CDW11_OFFSET_BYTES, value);
    }

    /** Command dword 12; its meaning depends on the opcode. */
    public int cdw12() {
        return dword(CDW12_OFFSET_BYTES);
    }

    /** Sets command dword 12. */
    public SubmissionEntry cdw12(int value) {
        return dword(CDW12_OFFSET_BYTES, value);
    }

    /** Command dword 13; its meaning depends on the opcode. */
    public int cdw13() {
        return dword(CDW13_OFFSET_BYTES);
    }

    /** Sets command dword 13. */
    public SubmissionEntry cdw13(int value) {
        return dword(CDW13_OFFSET_BYTES, value);
    }

    /** Command dword 14; its meaning depends on the opcode. */
    public int cdw14() {
        return dword(CDW14_OFFSET_BYTES);
    }

    /** Sets command dword 14. */
    public SubmissionEntry cdw14(int value) {
        return dword(CDW14_OFFSET_BYTES, value);
    }

    /** Command dword 15; its meaning depends on the opcode. */
    public int cdw15() {
        return dword(CDW15_OFFSET_BYTES);
    }

    /** Sets command dword 15. */
    public SubmissionEntry cdw15(int value) {
        return dword(CDW15_OFFSET_BYTES, value);
    }

    private int dword(int fieldOffsetBytes) {
        return LittleEndian.u32(memory, entryOffsetBytes + fieldOffsetBytes);
    }

    private SubmissionEntry dword(int fieldOffsetBytes, int value) {
        LittleEndian.u32(memory, entryOffsetBytes + fieldOffsetBytes, value);
        return this;
    }

    private long qword(int fieldOffsetBytes) {
        return LittleEndian.u64(memory, entryOffsetBytes + fieldOffsetBytes);
    }

    private SubmissionEntry qword(int fieldOffsetBytes, long value) {
        LittleEndian.u64(memory, entryOffsetBytes + fieldOffsetBytes, value);
        return this;
    }
}
