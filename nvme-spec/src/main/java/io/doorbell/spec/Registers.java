package io.doorbell.spec;

/**
 * The controller properties at the start of BAR0 (Base 2.0 §3.1.3, Figure 35).
 *
 * <p>Each register has its offset, named as the specification abbreviates it. A 64-bit register may
 * be read and written as one qword or as two dwords, low half at its offset, high half 4 bytes on.
 */
public final class Registers {
    /** Controller Capabilities, 64 bits. */
    public static final int CAP = 0x00;

    /** Version, 32 bits. */
    public static final int VS = 0x08;

    /** Interrupt Mask Set, 32 bits. */
    public static final int INTMS = 0x0C;

    /** Interrupt Mask Clear, 32 bits. */
    public static final int INTMC = 0x10;

    /** Controller Configuration, 32 bits. */
    public static final int CC = 0x14;

    /** Controller Status, 32 bits. */
    public static final int CSTS = 0x1C;

    /** NVM Subsystem Reset, 32 bits. */
    public static final int NSSR = 0x20;

    /** Admin Queue Attributes, 32 bits. */
    public static final int AQA = 0x24;

    /** Admin Submission Queue Base Address, 64 bits. */
    public static final int ASQ = 0x28;

    /** Admin Completion Queue Base Address, 64 bits. */
    public static final int ACQ = 0x30;

    /** Controller Memory Buffer Location, 32 bits. */
    public static final int CMBLOC = 0x38;

    /** Controller Memory Buffer Size, 32 bits. */
    public static final int CMBSZ = 0x3C;

    /** Boot Partition Information, 32 bits. */
    public static final int BPINFO = 0x40;

    /** Boot Partition Read Select, 32 bits. */
    public static final int BPRSEL = 0x44;

    /** Boot Partition Memory Buffer Location, 64 bits. */
    public static final int BPMBL = 0x48;

    /** Controller Memory Buffer Memory Space Control, 64 bits. */
    public static final int CMBMSC = 0x50;

    /** Controller Memory Buffer Status, 32 bits. */
    public static final int CMBSTS = 0x58;

    /** Controller Memory Buffer Elasticity Buffer Size, 32 bits. */
    public static final int CMBEBS = 0x5C;

    /** Controller Memory Buffer Sustained Write Throughput, 32 bits. */
    public static final int CMBSWTP = 0x60;

    /** NVM Subsystem Shutdown, 32 bits. */
    public static final int NSSD = 0x64;

    /** Controller Ready Timeouts, 32 bits. */
    public static final int CRTO = 0x68;

    /** Persistent Memory Region Capabilities, 32 bits. */
    public static final int PMRCAP = 0xE00;

    /** Persistent Memory Region Control, 32 bits. */
    public static final int PMRCTL = 0xE04;

    /** Persistent Memory Region Status, 32 bits. */
    public static final int PMRSTS = 0xE08;

    /** Persistent Memory Region Elasticity Buffer Size, 32 bits. */
    public static final int PMREBS = 0xE0C;

    /** Persistent Memory Region Sustained Write Throughput, 32 bits. */
    public static final int PMRSWTP = 0xE10;

    /** Persistent Memory Region Controller Memory Space Control Lower, 32 bits. */
    public static final int PMRMSCL = 0xE14;

    /** Persistent Memory Region Controller Memory Space Control Upper, 32 bits. */
    public static final int PMRMSCU = 0xE18;

    /** A qword register's second half starts this many bytes after its offset. */
    public static final int HIGH_HALF_OFFSET_BYTES = 4;

    /** Address bits of ASQ and ACQ; the rest is reserved. */
    public static final long QUEUE_BASE_MASK = ~0xFFFL;

    /** What a register reads as when the device is gone from the bus. */
    public static final int DEVICE_GONE = 0xFFFFFFFF;

    private Registers() {}

    /**
     * Size of the register that starts at a BAR0 offset: 8 or 4 bytes, 4 for a doorbell, 0 where no
     * register starts.
     */
    public static int sizeBytes(long offset) {
        if (offset >= Doorbells.OFFSET_BYTES) {
            return (offset & 3) == 0 ? 4 : 0;
        }
        return switch ((int) offset) {
            case CAP, ASQ, ACQ, BPMBL, CMBMSC -> 8;
            default -> startsAt(offset).isEmpty() ? 0 : 4;
        };
    }

    /**
     * The abbreviation of the register at a BAR0 offset, for people: {@code "CC"}, {@code
     * "ASQ+4h"}, {@code "doorbell"}, or {@code "reserved"}.
     */
    public static String name(long offset) {
        if (offset >= Doorbells.OFFSET_BYTES) {
            return "doorbell";
        }
        String exact = startsAt(offset);
        if (!exact.isEmpty()) {
            return exact;
        }
        long lowHalf = offset - HIGH_HALF_OFFSET_BYTES;
        return sizeBytes(lowHalf) == 8 ? startsAt(lowHalf) + "+4h" : "reserved";
    }

    private static String startsAt(long offset) {
        return switch ((int) offset) {
            case CAP -> "CAP";
            case VS -> "VS";
            case INTMS -> "INTMS";
            case INTMC -> "INTMC";
            case CC -> "CC";
            case CSTS -> "CSTS";
            case NSSR -> "NSSR";
            case AQA -> "AQA";
            case ASQ -> "ASQ";
            case ACQ -> "ACQ";
            case CMBLOC -> "CMBLOC";
            case CMBSZ -> "CMBSZ";
            case BPINFO -> "BPINFO";
            case BPRSEL -> "BPRSEL";
            case BPMBL -> "BPMBL";
            case CMBMSC -> "CMBMSC";
            case CMBSTS -> "CMBSTS";
            case CMBEBS -> "CMBEBS";
            case CMBSWTP -> "CMBSWTP";
            case NSSD -> "NSSD";
            case CRTO -> "CRTO";
            case PMRCAP -> "PMRCAP";
            case PMRCTL -> "PMRCTL";
            case PMRSTS -> "PMRSTS";
            case PMREBS -> "PMREBS";
            case PMRSWTP -> "PMRSWTP";
            case PMRMSCL -> "PMRMSCL";
            case PMRMSCU -> "PMRMSCU";
            default -> "";
        };
    }
}
