package io.doorbell.simulation.observe;

import io.doorbell.simulation.observe.CommandTable.DataWay;

import java.util.Arrays;

/**
 * Which bytes of host memory outstanding commands allow the device to touch: extents of one page at
 * most, found by page. Two commands may share a page, and (host to device) even bytes.
 */
final class DataMap {
    static final int NONE = -1;
    static final int PAGE_LOG2 = 12;
    static final long PAGE_BYTES = 1L << PAGE_LOG2;

    private static final int CAPACITY_MIN = 256;

    private final CommandTable commands;
    private final PageMap pages = new PageMap();
    private long[] addresses = new long[CAPACITY_MIN];
    private int[] lengths = new int[CAPACITY_MIN];
    private int[] owners = new int[CAPACITY_MIN];
    private boolean[] lists = new boolean[CAPACITY_MIN]; // PRP lists and SGL segments: device reads
    private int[] nextInPage = new int[CAPACITY_MIN];
    private int[] nextOfCommand = new int[CAPACITY_MIN];
    private int[] lastOfCommand = new int[CAPACITY_MIN]; // by the first extent of the command
    private int free = NONE;
    private int used;

    DataMap(CommandTable commands) {
        this.commands = commands;
    }

    /**
     * Adds bytes that a command describes, or the list that describes them.
     *
     * @return an outstanding command whose bytes they overlap, if one of the two is stored to by
     *     the device, or {@link #NONE}
     */
    int add(int command, long address, long bytes, boolean list) {
        int clash = NONE;
        for (long done = 0; done < bytes; ) {
            long at = address + done;
            int piece = (int) Math.min(bytes - done, PAGE_BYTES - (at & (PAGE_BYTES - 1)));
            int with = addPiece(command, at, piece, list);
            clash = with == NONE ? clash : with;
            done += piece;
        }
        return clash;
    }

    private int addPiece(int command, long address, int bytes, boolean list) {
        int first = commands.firstExtent(command);
        if (first != NONE) {
            int last = lastOfCommand[first];
            if (lists[last] == list
                    && addresses[last] + lengths[last] == address
                    && (address & (PAGE_BYTES - 1)) != 0) {
                lengths[last] += bytes;
                return NONE;
            }
        }
        long page = address >>> PAGE_LOG2;
        int head = (int) pages.get(page);
        int clash = list ? NONE : clash(head, command, address, bytes);
        int node = take();
        addresses[node] = address;
        lengths[node] = bytes;
        owners[node] = command;
        lists[node] = list;
        nextInPage[node] = head;
        nextOfCommand[node] = NONE;
        pages.put(page, node);
        if (first == NONE) {
            commands.firstExtent(command, node);
            lastOfCommand[node] = node;
        } else {
            nextOfCommand[lastOfCommand[first]] = node;
            lastOfCommand[first] = node;
        }
        return clash;
    }

    private int clash(int head, int command, long address, int bytes) {
        int clash = NONE;
        for (int node = head; node != NONE; node = nextInPage[node]) {
            int other = owners[node];
            if (!lists[node]
                    && address < addresses[node] + lengths[node]
                    && addresses[node] < address + bytes
                    && !commands.isGhost(other)) {
                commands.set(other, CommandTable.SHARED);
                commands.set(command, CommandTable.SHARED);
                if (other != command
                        && (commands.way(other) == DataWay.TO_HOST
                                || commands.way(command) == DataWay.TO_HOST)) {
                    clash = other;
                }
            }
        }
        return clash;
    }

    /**
     * The extent that allows the device to touch these bytes of one page: of a live command rather
     * than of a ghost; or {@link #NONE}.
     */
    int find(long address, long bytes, boolean toHost) {
        int found = NONE;
        for (int node = (int) pages.get(address >>> PAGE_LOG2);
                node != NONE;
                node = nextInPage[node]) {
            if (addresses[node] <= address
                    && address + bytes <= addresses[node] + lengths[node]
                    && allows(node, toHost)) {
                int owner = owners[node];
                if (!commands.isGhost(owner)
                        && commands.touchedBytes(owner) < commands.describedBytes(owner)) {
                    return node;
                }
                if (found == NONE || !commands.isGhost(owner)) {
                    found = node;
                }
            }
        }
        return found;
    }

    /** A live command that describes one of these bytes as data, or {@link CommandTable#NONE}. */
    int touching(long address, long bytes) {
        for (long at = address; at < address + bytes; at = (at | (PAGE_BYTES - 1)) + 1) {
            for (int node = (int) pages.get(at >>> PAGE_LOG2);
                    node != NONE;
                    node = nextInPage[node]) {
                if (address < addresses[node] + lengths[node]
                        && addresses[node] < address + bytes
                        && !commands.isGhost(owners[node])) {
                    return owners[node];
                }
            }
        }
        return CommandTable.NONE;
    }

    private boolean allows(int node, boolean toHost) {
        if (lists[node]) {
            return !toHost;
        }
        return commands.way(owners[node]) == (toHost ? DataWay.TO_HOST : DataWay.FROM_HOST);
    }

    int owner(int node) {
        return owners[node];
    }

    boolean isList(int node) {
        return lists[node];
    }

    long address(int node) {
        return addresses[node];
    }

    int lengthBytes(int node) {
        return lengths[node];
    }

    /** The next extent of the same command, in the order of the transfer, or {@link #NONE}. */
    int next(int node) {
        return nextOfCommand[node];
    }

    /** Forgets all extents of a command. */
    void remove(int command) {
        int node = commands.firstExtent(command);
        while (node != NONE) {
            unlink(node);
            int next = nextOfCommand[node];
            nextOfCommand[node] = free;
            free = node;
            node = next;
        }
        commands.firstExtent(command, NONE);
    }

    private void unlink(int node) {
        long page = addresses[node] >>> PAGE_LOG2;
        int head = (int) pages.get(page);
        if (head != node) {
            int before = head;
            while (nextInPage[before] != node) {
                before = nextInPage[before];
            }
            nextInPage[before] = nextInPage[node];
        } else if (nextInPage[node] == NONE) {
            pages.remove(page);
        } else {
            pages.put(page, nextInPage[node]);
        }
    }

    private int take() {
        if (free != NONE) {
            int node = free;
            free = nextOfCommand[node];
            return node;
        }
        if (used == addresses.length) {
            int larger = 2 * used;
            addresses = Arrays.copyOf(addresses, larger);
            lengths = Arrays.copyOf(lengths, larger);
            owners = Arrays.copyOf(owners, larger);
            lists = Arrays.copyOf(lists, larger);
            nextInPage = Arrays.copyOf(nextInPage, larger);
            nextOfCommand = Arrays.copyOf(nextOfCommand, larger);
            lastOfCommand = Arrays.copyOf(lastOfCommand, larger);
        }
        return used++;
    }
}
