package io.doorbell.simulation.observe;

import io.doorbell.spec.LittleEndian;
import io.doorbell.spec.SubmissionEntry;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * The commands a device has fetched and not completed, found by submission queue and command
 * identifier. A command is a small number, valid until it is resolved; nothing is allocated for it
 * once the table has its size.
 */
public final class CommandTable {
    /** In place of a command: there is none. */
    public static final int NONE = -1;

    static final int EXACT = 1; // the device must have moved every byte when it reports success
    static final int MALFORMED = 2; // the data pointer leads nowhere: success would be wrong
    static final int OVERSIZED = 4; // more than MDTS
    static final int SHARED = 8; // its buffer overlaps that of another command
    static final int GHOST = 16; // of an epoch that is over

    private static final int CAPACITY_MIN = 64;

    private final SubmissionEntry view = new SubmissionEntry();
    private int capacity = CAPACITY_MIN;
    private MemorySegment entries = store(CAPACITY_MIN);
    private int[] queueIds = new int[CAPACITY_MIN];
    private int[] slots = new int[CAPACITY_MIN];
    private int[] flags = new int[CAPACITY_MIN];
    private int[] extents = new int[CAPACITY_MIN];
    private int[] nextOfKey = new int[CAPACITY_MIN];
    private long[] ordinals = new long[CAPACITY_MIN];
    private long[] fetchedNanos = new long[CAPACITY_MIN];
    private long[] described = new long[CAPACITY_MIN];
    private long[] touched = new long[CAPACITY_MIN];
    private DataWay[] ways = new DataWay[CAPACITY_MIN];
    private int[] heads = filled(2 * CAPACITY_MIN);
    private int[] free = new int[CAPACITY_MIN];
    private int freeCount;
    private int outstanding;
    private int used; // numbers below this were given out at least once

    /** Which way a command's data moves. */
    public enum DataWay {
        NONE,
        TO_HOST,
        FROM_HOST
    }

    private static MemorySegment store(int commands) {
        return MemorySegment.ofArray(new long[commands * SubmissionEntry.SIZE_BYTES / Long.BYTES]);
    }

    private static int[] filled(int length) {
        int[] array = new int[length];
        Arrays.fill(array, NONE);
        return array;
    }

    // ---- what watchers ask -------------------------------------------------------------------

    /** The oldest outstanding command with this identifier, or {@link #NONE}. */
    public int find(int queueId, int commandId) {
        int found = NONE;
        for (int command = heads[home(queueId, commandId)];
                command != NONE;
                command = nextOfKey[command]) {
            if (queueIds[command] == queueId
                    && commandId(command) == commandId
                    && (flags[command] & GHOST) == 0) {
                found = command; // the chain has the newest first
            }
        }
        return found;
    }

    /** Whether a command with this identifier was outstanding when an earlier epoch ended. */
    public boolean isOfOldEpoch(int queueId, int commandId) {
        for (int command = heads[home(queueId, commandId)];
                command != NONE;
                command = nextOfKey[command]) {
            if (queueIds[command] == queueId && commandId(command) == commandId) {
                return isGhost(command);
            }
        }
        return false;
    }

    /** The entry as the device fetched it; the view is moved by the next call. */
    public SubmissionEntry entry(int command) {
        return view.wrap(entries, (long) command * SubmissionEntry.SIZE_BYTES);
    }

    /** Its submission queue. */
    public int queueId(int command) {
        return queueIds[command];
    }

    /** CID. */
    public int commandId(int command) {
        return LittleEndian.u16(
                entries,
                (long) command * SubmissionEntry.SIZE_BYTES
                        + SubmissionEntry.COMMAND_ID_OFFSET_BYTES);
    }

    /** OPC. */
    public int opcode(int command) {
        return LittleEndian.u8(entries, (long) command * SubmissionEntry.SIZE_BYTES);
    }

    /** How many commands of its queue were fetched before it. */
    public long ordinal(int command) {
        return ordinals[command];
    }

    public long fetchedNanos(int command) {
        return fetchedNanos[command];
    }

    /** Bytes of host memory that its data pointer describes. */
    public long describedBytes(int command) {
        return described[command];
    }

    /** Bytes of them that the device has moved so far. */
    public long touchedBytes(int command) {
        return touched[command];
    }

    public DataWay way(int command) {
        return ways[command];
    }

    /** Whether success means that every described byte was moved. */
    public boolean isExact(int command) {
        return (flags[command] & (EXACT | SHARED)) == EXACT;
    }

    /** Whether its data pointer is wrong, so that it cannot succeed. */
    public boolean isMalformed(int command) {
        return (flags[command] & MALFORMED) != 0;
    }

    /** Whether it moves more than MDTS allows. */
    public boolean isOversized(int command) {
        return (flags[command] & OVERSIZED) != 0;
    }

    /** Whether it was fetched in an epoch that is over. */
    public boolean isGhost(int command) {
        return (flags[command] & GHOST) != 0;
    }

    /** Commands outstanding, of this epoch and as ghosts. */
    public int outstanding() {
        return outstanding;
    }

    /** Commands are numbers below this; some of them are free. */
    public int numbersEnd() {
        return used;
    }

    /** Whether a number is that of a command of this epoch. */
    public boolean isOutstanding(int command) {
        return queueIds[command] != NONE && (flags[command] & GHOST) == 0;
    }

    /** For people: "CID 0005h of queue 1". */
    public String describe(int command) {
        return "opcode %02Xh, CID %04Xh of submission queue %d"
                .formatted(opcode(command), commandId(command), queueIds[command]);
    }

    // ---- what the model does -----------------------------------------------------------------

    int add(int queueId, int slot, long ordinal, long nowNanos, WorldMemory memory, long address) {
        if (freeCount == 0 && used == capacity) {
            grow();
        }
        int command = freeCount > 0 ? free[--freeCount] : used++;
        for (int at = 0; at < SubmissionEntry.SIZE_BYTES; at += Long.BYTES) {
            LittleEndian.u64(
                    entries,
                    (long) command * SubmissionEntry.SIZE_BYTES + at,
                    memory.getLong(address + at));
        }
        queueIds[command] = queueId;
        slots[command] = slot;
        ordinals[command] = ordinal;
        fetchedNanos[command] = nowNanos;
        described[command] = 0;
        touched[command] = 0;
        flags[command] = 0;
        extents[command] = NONE;
        ways[command] = DataWay.NONE;
        int home = home(queueId, commandId(command));
        nextOfKey[command] = heads[home];
        heads[home] = command;
        outstanding++;
        return command;
    }

    void remove(int command) {
        int home = home(queueIds[command], commandId(command));
        if (heads[home] == command) {
            heads[home] = nextOfKey[command];
        } else {
            int before = heads[home];
            while (nextOfKey[before] != command) {
                before = nextOfKey[before];
            }
            nextOfKey[before] = nextOfKey[command];
        }
        queueIds[command] = NONE;
        free[freeCount++] = command;
        outstanding--;
    }

    int slot(int command) {
        return slots[command];
    }

    boolean is(int command, int flag) {
        return (flags[command] & flag) != 0;
    }

    void set(int command, int flag) {
        flags[command] |= flag;
    }

    void way(int command, DataWay way) {
        ways[command] = way;
    }

    void describes(int command, long bytes) {
        described[command] += bytes;
    }

    void touches(int command, long bytes) {
        touched[command] += bytes;
    }

    int firstExtent(int command) {
        return extents[command];
    }

    void firstExtent(int command, int extent) {
        extents[command] = extent;
    }

    boolean isUsed(int command) {
        return queueIds[command] != NONE;
    }

    private int home(int queueId, int commandId) {
        int key = (queueId << 16 | commandId) * 0x9E37_79B9;
        return key >>> Integer.numberOfLeadingZeros(heads.length - 1);
    }

    private void grow() {
        int larger = 2 * capacity;
        MemorySegment grown = store(larger);
        grown.copyFrom(entries);
        entries = grown;
        queueIds = Arrays.copyOf(queueIds, larger);
        slots = Arrays.copyOf(slots, larger);
        flags = Arrays.copyOf(flags, larger);
        extents = Arrays.copyOf(extents, larger);
        nextOfKey = Arrays.copyOf(nextOfKey, larger);
        ordinals = Arrays.copyOf(ordinals, larger);
        fetchedNanos = Arrays.copyOf(fetchedNanos, larger);
        described = Arrays.copyOf(described, larger);
        touched = Arrays.copyOf(touched, larger);
        ways = Arrays.copyOf(ways, larger);
        free = Arrays.copyOf(free, larger);
        heads = filled(2 * larger);
        capacity = larger;
        for (int command = 0; command < used; command++) {
            if (queueIds[command] != NONE) {
                append(command);
            }
        }
    }

    private void append(int command) {
        int home = home(queueIds[command], commandId(command));
        nextOfKey[command] = heads[home];
        heads[home] = command;
    }
}
