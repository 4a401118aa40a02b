package io.doorbell.guest;

/**
 * Command ids of one queue: a tag and a generation (Linux puts the generation into bits 15:12).
 *
 * <p>The generation changes with every use of a tag, so a completion that comes twice, or for a
 * command long finished, is told apart from the one that is awaited; as long as bits are left for
 * it: above 32,768 tags there are none. One tag less than the queue has slots: a submission queue
 * can never be full. No command id is FFFFh, which means "no command" in the error log (Base
 * §3.3.3.1).
 */
final class CommandTags {
    private static final int COMMAND_ID_BITS = 16;
    private static final int TAG_BITS_MIN = 12;
    private static final int FREE = 1 << 16;

    private final int tagBits;
    private final int tagMask;
    private final char[] freeTags;
    private final int[] commandIds; // by tag: the last one used, with FREE while it is not in use
    private int freeCount;

    /**
     * @param entryCount slots of the submission queue, 2 to 65,536
     */
    CommandTags(int entryCount) {
        int tags = entryCount - 1;
        tagBits = Math.max(TAG_BITS_MIN, Integer.SIZE - Integer.numberOfLeadingZeros(tags));
        tagMask = (1 << tagBits) - 1;
        freeTags = new char[tags];
        commandIds = new int[tags];
        for (int i = 0; i < tags; i++) {
            freeTags[i] = (char) (tags - 1 - i);
            commandIds[i] = FREE | i;
        }
        freeCount = tags;
    }

    boolean hasFree() {
        return freeCount > 0;
    }

    int free() {
        return freeCount;
    }

    int inUse() {
        return freeTags.length - freeCount;
    }

    /** The tag that is taken next, if there is one. */
    int peek() {
        return freeTags[freeCount - 1];
    }

    /** Takes a tag; its command id is {@link #commandId}. */
    int take() {
        int tag = freeTags[--freeCount];
        int generation = (commandIds[tag] & 0xFFFF) >>> tagBits;
        int next = (generation + 1) & ((1 << (COMMAND_ID_BITS - tagBits)) - 1);
        commandIds[tag] = (next << tagBits) | tag;
        return tag;
    }

    /** Gives back a tag that was taken: its next use has a new generation. */
    void release(int tag) {
        commandIds[tag] |= FREE;
        freeTags[freeCount++] = (char) tag;
    }

    int commandId(int tag) {
        return commandIds[tag];
    }

    /** The tag of a command in flight, or -1 if no such command is. */
    int find(int commandId) {
        int tag = commandId & tagMask;
        return tag < commandIds.length && commandIds[tag] == commandId ? tag : -1;
    }
}
