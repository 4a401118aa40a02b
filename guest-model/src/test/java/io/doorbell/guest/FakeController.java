package io.doorbell.guest;

import io.doorbell.bus.memory.GuestMemory;
import io.doorbell.bus.pci.InterruptRoutes;
import io.doorbell.bus.pci.MsixMessage;
import io.doorbell.bus.pci.PciAccess;
import io.doorbell.spec.AdminOpcode;
import io.doorbell.spec.AdminQueueAttributes;
import io.doorbell.spec.CompletionEntry;
import io.doorbell.spec.ControllerConfiguration;
import io.doorbell.spec.ControllerStatus;
import io.doorbell.spec.Doorbells;
import io.doorbell.spec.Registers;
import io.doorbell.spec.SubmissionEntry;
import io.doorbell.spec.Version;
import io.doorbell.spec.feature.NumberOfQueues;
import io.doorbell.spec.identify.IdentifyController;
import io.doorbell.spec.identify.IdentifyNamespace;
import io.doorbell.spec.identify.LbaFormat;
import io.doorbell.spec.identify.NamespaceList;
import io.doorbell.spec.pci.ConfigurationHeader;
import io.doorbell.spec.pci.MsixCapability;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The least of a controller that a driver can be brought up with, and a diary of what the driver
 * did. A test sets the fields before it starts the driver, and reads the diary after the driver's
 * answer.
 */
final class FakeController {
    static final int TABLE_OFFSET = 0x3000;
    private static final int POWER_CAPABILITY = 0x40;
    private static final int MSIX_CAPABILITY = 0x50;

    /** What was accessed, in order: registers as {@code R CAP}, commands as {@code > Identify}. */
    final List<String> diary = new ArrayList<>();

    /** Status of the commands whose diary line begins so. */
    final Map<String, Integer> statuses = new HashMap<>();

    long capabilities = 0x0000_0020_0201_03FFL; // 1,024 entries, CQR, TO 1 s, NVM command set
    int version = Version.V1_4;
    int readyTimeouts;
    int memoryBufferSize;
    int status;
    int vectors = 65;
    int tableBar;
    int queuePairsGranted = 64;
    int transferLog2 = 5;
    int events;
    int logPages;
    int[] namespaces = {1};
    long namespaceBlocks = 1000;
    int capabilityPointer = POWER_CAPABILITY;
    boolean becomesReady = true;
    boolean shutsDown = true;
    String neverCompletes = "none";
    String completesSilently = "none"; // without an interrupt

    private final GuestMemory memory;
    private final InterruptRoutes routes;
    private final Map<Long, Integer> registers = new HashMap<>();
    private final MemorySegment scratch = Arena.ofAuto().allocate(4096, 8);
    private final SubmissionEntry entry = new SubmissionEntry().wrap(scratch, 0);
    private int submissionHead;
    private int completionTail;
    private boolean phase = true;

    FakeController(GuestMemory memory, InterruptRoutes routes) {
        this.memory = memory;
        this.routes = routes;
    }

    Behavior<PciAccess> behavior() {
        return Behaviors.receiveMessage(
                access -> {
                    on(access);
                    return Behaviors.same();
                });
    }

    private void on(PciAccess access) {
        switch (access) {
            case PciAccess.BarWrite(int bar, long offset, _, long value) ->
                    onWrite(bar, offset, (int) value);
            case PciAccess.BarWritePair(var first, var second) -> {
                on(first);
                on(second);
            }
            case PciAccess.BarRead(_, long offset, _, long tag, var replyTo) -> {
                diary.add("R " + Registers.name(offset));
                answer(replyTo, tag, Integer.toUnsignedLong(register(offset)));
            }
            case PciAccess.ConfigWrite(int offset, _, int value, long tag, var replyTo) -> {
                diary.add("config W %02X %04X".formatted(offset, value));
                answer(replyTo, tag, 0);
            }
            case PciAccess.ConfigRead(int offset, _, long tag, var replyTo) -> {
                diary.add("config R %02X".formatted(offset));
                answer(replyTo, tag, configuration(offset));
            }
            case PciAccess.FunctionReset(long tag, var replyTo) -> {
                diary.add("reset");
                answer(replyTo, tag, 0);
            }
        }
    }

    private static void answer(ActorRef<PciAccess.ReadCompletion> to, long tag, long value) {
        to.tell(new PciAccess.ReadCompletion(tag, value));
    }

    private long configuration(int offset) {
        return switch (offset) {
            case ConfigurationHeader.CAPABILITIES_POINTER_OFFSET_BYTES -> capabilityPointer;
            case POWER_CAPABILITY -> MSIX_CAPABILITY << 8 | 0x01;
            case MSIX_CAPABILITY -> 0x11;
            case MSIX_CAPABILITY + MsixCapability.CONTROL_OFFSET_BYTES -> vectors - 1;
            case MSIX_CAPABILITY + MsixCapability.TABLE_OFFSET_BYTES -> TABLE_OFFSET | tableBar;
            default -> offset << 8 | 0x09; // vendor specific, and its own successor
        };
    }

    private int register(long offset) {
        return switch ((int) offset) {
            case Registers.CAP -> (int) capabilities;
            case Registers.CAP + 4 -> (int) (capabilities >>> 32);
            case Registers.VS -> version;
            case Registers.CSTS -> status;
            case Registers.CRTO -> readyTimeouts;
            case Registers.CMBSZ -> memoryBufferSize;
            default -> registers.getOrDefault(offset, 0);
        };
    }

    private void onWrite(int bar, long offset, int value) {
        if (bar == tableBar && offset >= TABLE_OFFSET) {
            registers.put(offset, value);
            if ((offset & 15) == 12) {
                diary.add("unmask vector " + (offset - TABLE_OFFSET) / 16);
            }
        } else if (offset == Doorbells.submissionTailOffset(0, 0)) {
            fetchTo(value);
        } else if (offset != Doorbells.completionHeadOffset(0, 0)) {
            diary.add("W %s %08X".formatted(Registers.name(offset), value));
            registers.put(offset, value);
            if (offset == Registers.CC) {
                configure(value);
            }
        }
    }

    private void configure(int value) {
        boolean enabled = ControllerConfiguration.enabled(value);
        if (becomesReady || !enabled) {
            status = ControllerStatus.withReady(status, enabled);
        }
        if (ControllerConfiguration.shutdownNotification(value) != 0 && shutsDown) {
            status =
                    ControllerStatus.withShutdownStatus(status, ControllerStatus.SHUTDOWN_COMPLETE);
        }
    }

    private void fetchTo(int tail) {
        int attributes = register(Registers.AQA);
        while (submissionHead != tail) {
            memory.read(base(Registers.ASQ) + submissionHead * 64L, scratch, 0, 64);
            submissionHead =
                    (submissionHead + 1) % AdminQueueAttributes.submissionQueueEntries(attributes);
            execute();
        }
    }

    private long base(int register) {
        return Integer.toUnsignedLong(register(register)) | (long) register(register + 4) << 32;
    }

    private void execute() {
        String line =
                "> %s nsid %X cdw10 %08X cdw11 %08X"
                        .formatted(
                                AdminOpcode.name(entry.opcode()),
                                entry.namespaceId(),
                                entry.cdw10(),
                                entry.cdw11());
        diary.add(line);
        if (entry.opcode() == AdminOpcode.ASYNCHRONOUS_EVENT_REQUEST
                || line.startsWith(neverCompletes)) {
            return;
        }
        int result = 0;
        for (Map.Entry<String, Integer> failure : statuses.entrySet()) {
            if (line.startsWith(failure.getKey())) {
                complete(entry.commandId(), failure.getValue(), 0, true);
                return;
            }
        }
        int commandId = entry.commandId();
        if (entry.opcode() == AdminOpcode.IDENTIFY) {
            identify(entry.prp1(), entry.cdw10() & 0xFF);
        } else if (entry.opcode() == AdminOpcode.SET_FEATURES && entry.cdw10() == 0x07) {
            result = NumberOfQueues.of(queuePairsGranted, queuePairsGranted);
        }
        complete(commandId, 0, result, !line.startsWith(completesSilently));
    }

    private void identify(long address, int structure) {
        MemorySegment page = Arena.ofAuto().allocate(4096, 8);
        switch (structure) {
            case 0x00 ->
                    new IdentifyNamespace()
                            .wrap(page, 0)
                            .sizeBlocks(namespaceBlocks)
                            .capacityBlocks(namespaceBlocks)
                            .lbaFormat(0, LbaFormat.ofBlockSize(512));
            case 0x01 ->
                    new IdentifyController()
                            .wrap(page, 0)
                            .maximumDataTransferSize(transferLog2)
                            .eventsSupported(events)
                            .logPageAttributes(logPages)
                            .namespaceIdMaximum(3);
            case 0x02 -> {
                NamespaceList list = new NamespaceList().wrap(page, 0);
                for (int i = 0; i < namespaces.length; i++) {
                    list.namespaceId(i, namespaces[i]);
                }
            }
            case 0x08 -> page.set(ValueLayout.JAVA_BYTE, 14, (byte) 1);
            default -> {}
        }
        memory.write(address, page, 0, 4096);
    }

    private void complete(int commandId, int result, int dw0, boolean interrupt) {
        MemorySegment bytes = Arena.ofAuto().allocate(16, 8);
        bytes.setAtIndex(ValueLayout.JAVA_LONG, 0, CompletionEntry.lowQword(dw0, 0));
        bytes.setAtIndex(
                ValueLayout.JAVA_LONG,
                1,
                CompletionEntry.highQword(submissionHead, 0, commandId, result, phase));
        memory.write(base(Registers.ACQ) + completionTail * 16L, bytes, 0, 16);
        completionTail++;
        if (completionTail
                == AdminQueueAttributes.completionQueueEntries(register(Registers.AQA))) {
            completionTail = 0;
            phase = !phase;
        }
        if (interrupt) {
            interrupt();
        }
    }

    private void interrupt() {
        MsixMessage message =
                new MsixMessage(
                        Integer.toUnsignedLong(register(TABLE_OFFSET)), register(TABLE_OFFSET + 8));
        ActorRef<MsixMessage> target = routes.target(message);
        if (target != null) {
            target.tell(message);
        }
    }
}
