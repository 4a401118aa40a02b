package io.doorbell.simulation.observe;

import io.doorbell.simulation.observe.Place.Kind;
import io.doorbell.spec.CompletionEntry;

/** Finds out what the host means a place of its memory to be. */
public final class Places {
    private final QueueSet queues;
    private final ShadowState shadows;
    private final DataMap map;
    private final CommandTable commands;

    Places(QueueSet queues, ShadowState shadows, DataMap map, CommandTable commands) {
        this.queues = queues;
        this.shadows = shadows;
        this.map = map;
        this.commands = commands;
    }

    /** What the device is about to load from. */
    public Place loaded(long address, long sizeBytes) {
        long place = queues.submissionAt(address);
        if (place != PageMap.NONE) {
            return Place.of(Kind.SUBMISSION_ENTRY, QueuePages.queueId(place));
        }
        return shadows.mayRead(address, sizeBytes)
                ? Place.of(Kind.SHADOW, 0)
                : data(address, false);
    }

    /** What the device is about to store into. */
    public Place stored(long address, long sizeBytes) {
        long place = queues.completionAt(address);
        if (place != PageMap.NONE) {
            return new Place(
                    Kind.COMPLETION_ENTRY,
                    QueuePages.queueId(place),
                    Place.NO_OPCODE,
                    Place.NO_COMMAND,
                    (int) (QueuePages.offsetBytes(place) % CompletionEntry.SIZE_BYTES));
        }
        if (shadows.mayRead(address, sizeBytes)) {
            return Place.of(Kind.SHADOW, 0);
        }
        return shadows.mayWrite(address, sizeBytes)
                ? Place.of(Kind.EVENT_INDEX, 0)
                : data(address, true);
    }

    private Place data(long address, boolean toHost) {
        int node = map.find(address, 1, toHost);
        int owner = node == DataMap.NONE ? CommandTable.NONE : map.owner(node);
        if (owner == CommandTable.NONE || commands.isGhost(owner)) {
            return Place.ELSEWHERE;
        }
        return new Place(
                map.isList(node) ? Kind.POINTER_LIST : Kind.DATA,
                commands.queueId(owner),
                commands.opcode(owner),
                commands.commandId(owner),
                0);
    }
}
