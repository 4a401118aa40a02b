package io.doorbell.simulation.oracle;

import io.doorbell.simulation.observe.SubmissionQueueState;
import io.doorbell.spec.Doorbells;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** I10, of the host: what it has put into a queue it has rung. */
final class HostRings extends Oracle {
    /** What the host did with one submission queue. */
    private static final class Track {
        private @Nullable SubmissionQueueState queue; // whose commands are counted
        private long submitted;
        private int rung;
    }

    private final List<Track> tracks = new ArrayList<>(); // by queue id
    private final BitSet changed = new BitSet(); // since it was last quiet

    HostRings(Oracle.Post post) {
        super(
                post,
                "I10",
                "When nothing can run, the host has rung for every command that it put into a queue.",
                "Base 2.0 §3.3.1.2");
    }

    @Override
    public boolean judgesHost() {
        return true;
    }

    /** The host has put a command into a queue. */
    void submitted(int queueId) {
        SubmissionQueueState queue = model().submissionQueue(queueId);
        if (queue == null) {
            return;
        }
        Track track = track(queueId);
        if (track.queue != queue) {
            track.queue = queue;
            track.submitted = 0;
            track.rung = 0;
        }
        track.submitted++;
        changed.set(queueId);
    }

    @Override
    public void ringIssued(int doorbell, int value) {
        if (!Doorbells.isCompletionHead(doorbell)) {
            track(Doorbells.queueId(doorbell)).rung = value;
        }
    }

    @Override
    public void quiet(long untilNanos) {
        if (changed.isEmpty() || !isOverdue(untilNanos, settings().wakePatienceNanos())) {
            return;
        }
        for (int id = changed.nextSetBit(0); id >= 0; id = changed.nextSetBit(id + 1)) {
            Track track = track(id);
            SubmissionQueueState queue = model().submissionQueue(id);
            if (queue != null && queue == track.queue && !queue.isExcused()) {
                int tail = (int) (track.submitted % queue.entryCount());
                if (track.rung != tail && queue.tail() != tail) {
                    broken(
                            "submission queue %d rung with %d".formatted(id, tail),
                            "%d in the register, %d as the device may know it"
                                    .formatted(track.rung, queue.tail()));
                    return;
                }
            }
        }
        changed.clear();
    }

    private Track track(int queueId) {
        while (tracks.size() <= queueId) {
            tracks.add(new Track());
        }
        return tracks.get(queueId);
    }
}
