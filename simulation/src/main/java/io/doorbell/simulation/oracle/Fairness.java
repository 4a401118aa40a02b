package io.doorbell.simulation.oracle;

import io.doorbell.simulation.observe.CompletionQueueState;
import io.doorbell.simulation.observe.SubmissionQueueState;
import io.doorbell.spec.ControllerConfiguration;

import java.util.Arrays;

/** I22: no queue is passed over for long. */
final class Fairness extends Oracle {
    private long[] relieved = {}; // how often its completion queue had been when it last fetched

    Fairness(Oracle.Post post) {
        super(
                post,
                "I22",
                "In round robin, a rung entry is fetched before too many of other queues are.",
                "Base 2.0 §3.4.4");
    }

    @Override
    public void fetched(SubmissionQueueState queue, int command) {
        long max = settings().bypassMax();
        CompletionQueueState completion = model().completionQueue(queue.completionQueueId());
        if (max == 0 || completion == null) {
            return;
        }
        boolean hadRoom = completion.relieved() == swapRelieved(queue.id(), completion.relieved());
        boolean roundRobin =
                ControllerConfiguration.arbitrationMechanism(model().registers().configuration())
                        == ControllerConfiguration.ARBITRATION_ROUND_ROBIN;
        if (queue.bypassed() > max
                && roundRobin
                && hadRoom
                && !completion.wasFull()
                && !queue.isExcused()
                && !model().mayOverlook(queue)
                && !model().mayOverlook(completion)) {
            broken(
                    "at most %,d commands of others before %s"
                            .formatted(max, model().commands().describe(command)),
                    "%,d".formatted(queue.bypassed()));
        }
    }

    /** Notes how often there was room again, and says how often there had been. */
    private long swapRelieved(int queueId, long times) {
        if (relieved.length <= queueId) {
            relieved = Arrays.copyOf(relieved, queueId + 1);
        }
        long before = relieved[queueId];
        relieved[queueId] = times;
        return before;
    }
}
