package io.doorbell.vfiouser.protocol;

import java.lang.foreign.MemorySegment;

/**
 * The 16 bytes that every message begins with.
 *
 * @param id chosen by who asks, returned in the reply; each direction has its own
 * @param command a number, known or not
 * @param sizeBytes of the whole message, this header included
 * @param flags see the methods
 * @param errno why a request was refused; has a meaning in error replies only
 */
public record Header(int id, int command, int sizeBytes, int flags, int errno) {
    /** Size of a header. */
    public static final int BYTES = 16;

    private static final int TYPE_MASK = 0xF;
    private static final int TYPE_REPLY = 1;
    private static final int FLAG_NO_REPLY = 0x10;
    private static final int FLAG_ERROR = 0x20;

    static Header request(int id, int command, int bodyBytes, boolean posted) {
        return new Header(id, command, BYTES + bodyBytes, posted ? FLAG_NO_REPLY : 0, 0);
    }

    /** What a reply to this request, with so many bytes behind its header, begins with. */
    public Header reply(int bodyBytes) {
        return new Header(id, command, BYTES + bodyBytes, TYPE_REPLY, 0);
    }

    /** The whole of a reply that refuses this request. */
    public Header refusal(int why) {
        return new Header(id, command, BYTES, TYPE_REPLY | FLAG_ERROR, why);
    }

    /** Reads a header; whatever the bytes, there is one. */
    static Header read(MemorySegment memory, long offset) {
        return new Header(
                memory.get(Wire.SHORT, offset) & 0xFFFF,
                memory.get(Wire.SHORT, offset + 2) & 0xFFFF,
                memory.get(Wire.INT, offset + 4),
                memory.get(Wire.INT, offset + 8),
                memory.get(Wire.INT, offset + 12));
    }

    /** Writes it to the start of a message. */
    public void write(MemorySegment memory) {
        memory.set(Wire.SHORT, 0, (short) id);
        memory.set(Wire.SHORT, 2, (short) command);
        memory.set(Wire.INT, 4, sizeBytes);
        memory.set(Wire.INT, 8, flags);
        memory.set(Wire.INT, 12, errno);
    }

    /** Whether it answers a request of the receiver. */
    public boolean isReply() {
        return (flags & TYPE_MASK) == TYPE_REPLY;
    }

    /** Whether it asks something of the receiver. */
    public boolean isRequest() {
        return (flags & TYPE_MASK) == 0;
    }

    /** A request that must never be answered. */
    public boolean isPosted() {
        return (flags & FLAG_NO_REPLY) != 0;
    }

    /** A reply that refuses. */
    public boolean isRefusal() {
        return (flags & FLAG_ERROR) != 0;
    }
}
