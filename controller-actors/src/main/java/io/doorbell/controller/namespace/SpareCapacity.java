package io.doorbell.controller.namespace;

import java.util.function.LongFunction;

/**
 * What namespaces are made of that a host creates (Base §8.12).
 *
 * @param sizeBytes unallocated at first
 * @param namespaceIdMax NN
 * @param newStore makes a store of so many bytes, all zero
 */
public record SpareCapacity(
        long sizeBytes, int namespaceIdMax, LongFunction<? extends BlockStore> newStore) {}
