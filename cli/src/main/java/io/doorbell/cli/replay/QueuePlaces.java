package io.doorbell.cli.replay;

import io.doorbell.cli.trace.TraceEvent.BarWrite;
import io.doorbell.spec.AdminOpcode;
import io.doorbell.spec.AdminQueueAttributes;
import io.doorbell.spec.ControllerConfiguration;
import io.doorbell.spec.Doorbells;
import io.doorbell.spec.LittleEndian;
import io.doorbell.spec.Registers;
import io.doorbell.spec.SubmissionEntry;
import io.doorbell.spec.command.CreateCompletionQueue;
import io.doorbell.spec.command.DeleteQueue;
import io.doorbell.spec.command.DoorbellBufferConfig;
import io.doorbell.spec.command.Identify;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Where completion queues, shadow doorbells and more lie, from what the machine stored in registers
 * and the admin commands that the device fetched. A queue that is not contiguous is not known.
 */
final class QueuePlaces {
    private static final int PAGE_BYTES = 4096;
    private static final int REGISTERS_END = 0x40;

    private final MemorySegment registers = MemorySegment.ofArray(new byte[REGISTERS_END]);
    private final Map<Integer, CompletionRing> rings = new HashMap<>();
    private final Set<Long> identifyNamespace = new HashSet<>();
    private final SubmissionEntry command = new SubmissionEntry();
    private @Nullable Long shadow;
    private @Nullable Long eventIndexes;

    /** Whether this store enables the controller: all it knew is from before. */
    boolean enables(BarWrite write) {
        return write.bar() == 0
                && write.offset() == Registers.CC
                && ControllerConfiguration.enabled((int) write.value())
                && !ControllerConfiguration.enabled(register(Registers.CC));
    }

    /** The machine stores into a register. */
    void stored(BarWrite write) {
        boolean enables = enables(write);
        long end = write.offset() + write.bytes();
        if (write.bar() != 0 || write.offset() < 0 || end > REGISTERS_END) {
            return;
        }
        for (int i = 0; i < write.bytes(); i++) {
            LittleEndian.u8(
                    registers, write.offset() + i, (int) (write.value() >>> (i * Byte.SIZE)));
        }
        if (enables) {
            forget();
            rings.put(
                    0,
                    new CompletionRing(
                            0,
                            base(Registers.ACQ),
                            AdminQueueAttributes.completionQueueEntries(register(Registers.AQA)),
                            0));
        }
    }

    /** The function is powered on, or reset. */
    void reset() {
        registers.fill((byte) 0);
        forget();
    }

    private void forget() {
        rings.clear();
        identifyNamespace.clear();
        shadow = null;
        eventIndexes = null;
    }

    private int register(int offset) {
        return LittleEndian.u32(registers, offset);
    }

    private long base(int offset) {
        return LittleEndian.u64(registers, offset) & Registers.QUEUE_BASE_MASK;
    }

    /** The device has read memory: admin commands, maybe. */
    void fetched(long address, byte[] data) {
        long offset = address - base(Registers.ASQ);
        long bytes =
                (long) AdminQueueAttributes.submissionQueueEntries(register(Registers.AQA))
                        * SubmissionEntry.SIZE_BYTES;
        if (rings.isEmpty()
                || offset < 0
                || offset + data.length > bytes
                || offset % SubmissionEntry.SIZE_BYTES != 0) {
            return;
        }
        MemorySegment entries = MemorySegment.ofArray(data);
        for (int at = 0;
                at + SubmissionEntry.SIZE_BYTES <= data.length;
                at += SubmissionEntry.SIZE_BYTES) {
            take(command.wrap(entries, at));
        }
    }

    private void take(SubmissionEntry entry) {
        switch (entry.opcode()) {
            case AdminOpcode.CREATE_IO_COMPLETION_QUEUE -> {
                int id = CreateCompletionQueue.queueId(entry);
                if (id != 0 && CreateCompletionQueue.physicallyContiguous(entry)) {
                    rings.put(
                            id,
                            new CompletionRing(
                                    id,
                                    CreateCompletionQueue.base(entry),
                                    CreateCompletionQueue.entryCount(entry),
                                    CreateCompletionQueue.interruptsEnabled(entry)
                                            ? CreateCompletionQueue.interruptVector(entry)
                                            : -1));
                }
            }
            case AdminOpcode.DELETE_IO_COMPLETION_QUEUE -> {
                int id = DeleteQueue.queueId(entry);
                if (id != 0) {
                    rings.remove(id);
                }
            }
            case AdminOpcode.DOORBELL_BUFFER_CONFIG -> {
                shadow = DoorbellBufferConfig.shadowDoorbells(entry);
                eventIndexes = DoorbellBufferConfig.eventIndexes(entry);
            }
            case AdminOpcode.IDENTIFY -> {
                int structure = Identify.structure(entry);
                boolean namespace =
                        structure == Identify.NAMESPACE
                                || structure == Identify.ALLOCATED_NAMESPACE;
                if (namespace) {
                    identifyNamespace.add(entry.prp1());
                } else {
                    identifyNamespace.remove(entry.prp1());
                }
            }
            default -> identifyNamespace.remove(entry.prp1());
        }
    }

    /** The completion queue that these bytes are in; null if they are in none. */
    @Nullable CompletionRing ring(long address, long bytes) {
        for (CompletionRing ring : rings.values()) {
            if (ring.holds(address, bytes)) {
                return ring;
            }
        }
        return null;
    }

    Iterable<CompletionRing> rings() {
        return rings.values();
    }

    /** Whether what the device writes there is an Identify Namespace structure. */
    boolean isIdentifyNamespace(long address) {
        return identifyNamespace.contains(address);
    }

    /** Whether shadow doorbells are there. */
    boolean isShadow(long address) {
        return isInPage(shadow, address);
    }

    /** Whether event indexes are there. */
    boolean isEventIndex(long address) {
        return isInPage(eventIndexes, address);
    }

    private static boolean isInPage(@Nullable Long page, long address) {
        return page != null && address >= page && address - page < PAGE_BYTES;
    }

    /** Offset of the doorbell register that stands behind a shadow doorbell. */
    long doorbellOffset(long address) {
        Long page = shadow;
        if (page == null) {
            throw new IllegalStateException("There are no shadow doorbells.");
        }
        return Doorbells.OFFSET_BYTES + address - page;
    }
}
