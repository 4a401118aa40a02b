package io.doorbell.controller.namespace;

import io.doorbell.controller.data.DataPointer;

/**
 * Where a namespace keeps its bytes. All ranges lie inside the store and are whole blocks; results
 * are status fields as in {@link io.doorbell.spec.Status}.
 *
 * <p>Every shard calls at once. A block is never seen half written by a concurrent read or write
 * (AWUN and AWUPF of one block, NVM §2.1.4).
 */
public interface BlockStore extends AutoCloseable {

    /** True if calls may wait for a disk: they are then made by a worker, never on a shard. */
    boolean mayBlock();

    /** Moves bytes from the store to the host. Bytes never written read as zeros. */
    int read(long startByte, DataPointer data);

    /** Moves bytes from the host into the store; with {@code durable} they survive a power loss. */
    int write(long startByte, DataPointer data, boolean durable);

    /** Makes a range read as zeros; with {@code deallocate} it may give its space back. */
    int zero(long startByte, long sizeBytes, boolean deallocate, boolean durable);

    /** Makes every completed write durable. */
    int flush();

    /** Gives the store's memory or file back; nothing is called afterwards. */
    @Override
    void close();
}
