package io.doorbell.simulation.machine;

import io.doorbell.controller.data.DataPointer;
import io.doorbell.controller.namespace.BlockStore;
import io.doorbell.simulation.fault.Fault;
import io.doorbell.simulation.fault.FaultKind;
import io.doorbell.simulation.fault.FaultSource;
import io.doorbell.spec.Status;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A medium on which reads and writes may go wrong. */
public final class FaultyStore implements BlockStore {
    private static final String READ = "media/read";
    private static final String WRITE = "media/write";

    private final BlockStore medium;
    private final FaultSource faults;
    private final long sizeBytes;
    private final int blockBytes;

    /**
     * @param sizeBytes of the medium
     * @param blockBytes of the namespace on it
     */
    public FaultyStore(BlockStore medium, FaultSource faults, long sizeBytes, int blockBytes) {
        this.medium = medium;
        this.faults = faults;
        this.sizeBytes = sizeBytes;
        this.blockBytes = blockBytes;
    }

    // ---- reads -------------------------------------------------------------------------------

    @Override
    public int read(long startByte, DataPointer data) {
        Fault fault = faults.at(READ);
        return fault == null ? medium.read(startByte, data) : readError(fault);
    }

    @Override
    public int load(long startByte, MemorySegment target, long bytes) {
        Fault fault = faults.at(READ);
        return fault == null ? medium.load(startByte, target, bytes) : readError(fault);
    }

    @Override
    public int verify(long startByte, long bytes) {
        Fault fault = faults.at(READ);
        return fault == null ? medium.verify(startByte, bytes) : readError(fault);
    }

    private static int readError(Fault fault) {
        return fault.amount() == 0 ? Status.UNRECOVERED_READ_ERROR : (int) fault.amount();
    }

    // ---- writes ------------------------------------------------------------------------------

    @Override
    public int write(long startByte, DataPointer data, boolean durable) {
        Fault fault = faults.at(WRITE);
        if (fault == null) {
            return medium.write(startByte, data, durable);
        }
        if (fault.kind() == FaultKind.FAIL) {
            return writeError(fault);
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocate(data.lengthBytes(), Long.BYTES);
            return data.fromGuest(bytes, 0, 0, data.lengthBytes()).isOk()
                    ? saveAmiss(fault, startByte, bytes, durable)
                    : Status.DATA_TRANSFER_ERROR;
        }
    }

    @Override
    public int save(long startByte, MemorySegment source, long bytes, boolean durable) {
        Fault fault = faults.at(WRITE);
        if (fault == null) {
            return medium.save(startByte, source, bytes, durable);
        }
        return fault.kind() == FaultKind.FAIL
                ? writeError(fault)
                : saveAmiss(fault, startByte, source.asSlice(0, bytes), durable);
    }

    private int saveAmiss(Fault fault, long startByte, MemorySegment bytes, boolean durable) {
        return switch (fault.kind()) {
            case TEAR -> {
                long half = bytes.byteSize() / 2 / blockBytes * blockBytes;
                yield half == 0 ? Status.SUCCESS : medium.save(startByte, bytes, half, durable);
            }
            case MISDIRECT -> {
                long other = Math.floorMod(startByte + fault.amount(), sizeBytes);
                long start = Math.min(other, sizeBytes - bytes.byteSize()) & -blockBytes;
                yield medium.save(start, bytes, bytes.byteSize(), durable);
            }
            case FLIP -> {
                int status = medium.save(startByte, bytes, bytes.byteSize(), durable);
                yield status == Status.SUCCESS ? flip(startByte, fault.amount()) : status;
            }
            default -> Status.SUCCESS; // lost
        };
    }

    /** What was written rots. */
    private int flip(long startByte, long bits) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment block = arena.allocate(blockBytes, Long.BYTES);
            int status = medium.load(startByte, block, blockBytes);
            block.set(ValueLayout.JAVA_LONG, 0, block.get(ValueLayout.JAVA_LONG, 0) ^ bits);
            return status == Status.SUCCESS
                    ? medium.save(startByte, block, blockBytes, true)
                    : status;
        }
    }

    private static int writeError(Fault fault) {
        return fault.amount() == 0 ? Status.WRITE_FAULT : (int) fault.amount();
    }

    @Override
    public int compareAndSave(
            long startByte,
            MemorySegment expected,
            MemorySegment source,
            long bytes,
            boolean durable) {
        return errorOr(
                faults.at(WRITE),
                medium.compareAndSave(startByte, expected, source, bytes, durable));
    }

    @Override
    public int zero(long startByte, long bytes, boolean deallocate, boolean durable) {
        return errorOr(faults.at(WRITE), medium.zero(startByte, bytes, deallocate, durable));
    }

    /** Here only an error can be told; what was done before it stays done. */
    private static int errorOr(@Nullable Fault fault, int status) {
        return fault != null && fault.kind() == FaultKind.FAIL ? writeError(fault) : status;
    }

    // ---- the rest ----------------------------------------------------------------------------

    @Override
    public boolean mayBlock() {
        return medium.mayBlock();
    }

    @Override
    public boolean isPrompt(long bytes) {
        return medium.isPrompt(bytes);
    }

    @Override
    public int flush() {
        return medium.flush();
    }

    @Override
    public boolean hasBlocksOf(int bytes) {
        return medium.hasBlocksOf(bytes);
    }

    @Override
    public void forEachExtent(ExtentVisitor visitor) {
        medium.forEachExtent(visitor);
    }

    @Override
    public void close() {
        medium.close();
    }
}
