package io.doorbell.simulation.oracle;

import io.doorbell.simulation.observe.CompletionQueueState;
import io.doorbell.simulation.observe.InterruptState;
import io.doorbell.simulation.observe.SubmissionQueueState;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** I12, of the host: what an interrupt told it of it has read. */
final class HostLooks extends Oracle {
    /** What the host read of one completion queue. */
    private static final class Track {
        private @Nullable CompletionQueueState queue; // whose entries are counted
        private long read;
    }

    private final List<Track> tracks = new ArrayList<>(); // by queue id
    private boolean resetting;

    HostLooks(Oracle.Post post) {
        super(
                post,
                "I12",
                "When nothing can run, the host has read every completion that an interrupt told it of.",
                "Base 2.0 §3.3.1.2");
    }

    @Override
    public boolean judgesHost() {
        return true;
    }

    /** The host has taken the completion of a command of this submission queue. */
    void read(int submissionQueueId) {
        SubmissionQueueState source = model().submissionQueue(submissionQueueId);
        CompletionQueueState queue =
                source == null ? null : model().completionQueue(source.completionQueueId());
        if (queue != null) {
            track(queue).read++;
        }
    }

    /** The host stops its queues, or lets them go on. */
    void resetting(boolean begun) {
        resetting = begun;
    }

    @Override
    public void quiet(long untilNanos) {
        if (resetting
                || !settings().judgeConsumer()
                || !isOverdue(untilNanos, settings().wakePatienceNanos())
                || !model().isServing()) {
            return;
        }
        BitSet restless = model().restlessQueues();
        for (int id = restless.nextSetBit(1); id >= 0; id = restless.nextSetBit(id + 1)) {
            CompletionQueueState queue = model().completionQueue(id);
            if (queue != null && wasTold(queue) && track(queue).read < queue.postedTotal()) {
                broken(
                        "all %,d entries of completion queue %d read: an interrupt came after them"
                                .formatted(queue.postedTotal(), id),
                        "%,d".formatted(track(queue).read));
                return;
            }
        }
    }

    private boolean wasTold(CompletionQueueState queue) {
        InterruptState interrupts = model().interrupts();
        return queue.signals()
                && !queue.isExcused()
                && !interrupts.isExcused(queue.vector())
                && queue.lastPost() > 0
                && queue.lastPost() <= interrupts.deliveredThrough(queue.vector());
    }

    private Track track(CompletionQueueState queue) {
        while (tracks.size() <= queue.id()) {
            tracks.add(new Track());
        }
        Track track = tracks.get(queue.id());
        if (track.queue != queue) {
            track.queue = queue;
            track.read = 0;
        }
        return track;
    }
}
