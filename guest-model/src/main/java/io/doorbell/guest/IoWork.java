package io.doorbell.guest;

import io.doorbell.guest.workload.IoRequest;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;

/**
 * One I/O between a feed and a queue: the request and, if anyone looks at it, its data in
 * host-local memory. Reused; belongs to whoever was given it last.
 */
public sealed class IoWork permits ForeignWork {
    private final IoRequest request = new IoRequest();
    private final @Nullable MemorySegment data;
    private int retries;

    IoWork(@Nullable MemorySegment data) {
        this.data = data;
    }

    IoRequest request() {
        return request;
    }

    /** How often it has been sent again. */
    int retries() {
        return retries;
    }

    void retries(int count) {
        retries = count;
    }

    /** What a write carries or a read brought; null if nobody looks. */
    @Nullable MemorySegment data() {
        return data;
    }
}
