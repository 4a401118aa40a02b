package io.doorbell.controller.namespace;

import java.util.Arrays;

/**
 * The features of an epoch that I/O commands act on. The admin commands set them on one thread,
 * every shard reads them; a new object has the defaults, as a reset asks for.
 */
public final class IoFeatures {
    private volatile boolean writeCacheOff;
    private volatile boolean deallocatedReadsFailSomewhere;
    private volatile boolean[] deallocatedReadsFail = {}; // by namespace id

    /** Feature 06h, WCE (Base §5.27.1.4): if off, every write is durable when it completes. */
    public void writeCacheEnabled(boolean enabled) {
        writeCacheOff = !enabled;
    }

    public boolean writeCacheEnabled() {
        return !writeCacheOff;
    }

    /**
     * Feature 05h, DULBE (NVM §4.1.3): reads of deallocated or unwritten blocks of a namespace end
     * with an error.
     *
     * @param namespaceId an id of the controller's namespaces, 1 or more
     */
    public void deallocatedReadsFail(int namespaceId, boolean fail) {
        boolean[] now = deallocatedReadsFail;
        boolean[] next = Arrays.copyOf(now, Math.max(now.length, namespaceId + 1));
        next[namespaceId] = fail;
        deallocatedReadsFail = next;
        deallocatedReadsFailSomewhere = true;
    }

    public boolean deallocatedReadsFail(int namespaceId) {
        if (!deallocatedReadsFailSomewhere) {
            return false; // the common case needs no look-up
        }
        boolean[] now = deallocatedReadsFail;
        return namespaceId < now.length && now[namespaceId];
    }
}
