package io.doorbell.vfiouser.client;

/** How a device reaches the host's memory. */
public enum MemoryAccess {
    /** It maps the file that the memory lies in, and accesses it in place. */
    MAPPED,
    /** It gets no descriptor, and asks for each access. */
    BY_MESSAGE
}
