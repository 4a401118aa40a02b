package io.doorbell.controller.namespace;

import io.doorbell.controller.data.DataPointer;
import io.doorbell.spec.Status;

import java.lang.foreign.MemorySegment;

/**
 * Where a namespace keeps its bytes. All ranges lie inside the store and are whole blocks; results
 * are status fields as in {@link Status}.
 *
 * <p>Every shard calls at once. A block is never seen half written by a concurrent call, nor left
 * so by a write that fails (AWUN and AWUPF of one block, NVM §2.1.4).
 */
public interface BlockStore extends AutoCloseable {

    /** True if calls may wait for a disk: they are then made by a worker, not on a shard. */
    boolean mayBlock();

    /**
     * Whether to read or write so many bytes, not durably, would take no longer than to wake a
     * worker for it, as far as can be told; asked where {@link #mayBlock}.
     */
    default boolean isPrompt(long bytes) {
        return false;
    }

    /** Moves bytes from the store to the host. Bytes never written read as zeros. */
    int read(long startByte, DataPointer data);

    /** Moves bytes from the host into the store; with {@code durable} they survive a power loss. */
    int write(long startByte, DataPointer data, boolean durable);

    /** Copies bytes of the store to the start of {@code target}. */
    int load(long startByte, MemorySegment target, long sizeBytes);

    /** Copies bytes from the start of {@code source} into the store. */
    int save(long startByte, MemorySegment source, long sizeBytes, boolean durable);

    /**
     * Saves one block if the store holds what is expected there; nobody sees or changes the block
     * in between.
     *
     * @return {@link Status#COMPARE_FAILURE} if it holds something else
     */
    int compareAndSave(
            long startByte,
            MemorySegment expected,
            MemorySegment source,
            long sizeBytes,
            boolean durable);

    /** Whether these bytes can be read, without moving them. */
    int verify(long startByte, long sizeBytes);

    /** Makes a range read as zeros; with {@code deallocate} it may give its space back. */
    int zero(long startByte, long sizeBytes, boolean deallocate, boolean durable);

    /** Makes every completed write durable. */
    int flush();

    /** Whether the store can serve blocks of this size, 512 or 4,096. */
    default boolean hasBlocksOf(int blockBytes) {
        return true;
    }

    /** Names every range of whole sectors that the store came with and that may not be zero. */
    default void forEachExtent(ExtentVisitor visitor) {}

    /** Gives the store's memory or file back; nothing is called afterwards. */
    @Override
    void close();

    /** Is told of a range of bytes, which starts and ends at multiples of 512. */
    @FunctionalInterface
    interface ExtentVisitor {
        void extent(long startByte, long sizeBytes);
    }
}
