package io.doorbell.simulation.oracle;

import io.doorbell.simulation.observe.CompletionQueueState;
import io.doorbell.simulation.observe.SubmissionQueueState;
import io.doorbell.spec.ControllerConfiguration;

/** I22: no queue is passed over for long. */
final class Fairness extends Oracle {
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
        if (max == 0 || queue.bypassed() <= max || queue.isExcused()) {
            return;
        }
        CompletionQueueState completion = model().completionQueue(queue.completionQueueId());
        boolean roundRobin =
                ControllerConfiguration.arbitrationMechanism(model().registers().configuration())
                        == ControllerConfiguration.ARBITRATION_ROUND_ROBIN;
        if (roundRobin && completion != null && !completion.wasFull()) {
            broken(
                    "at most %,d commands of others before %s"
                            .formatted(max, model().commands().describe(command)),
                    "%,d".formatted(queue.bypassed()));
        }
    }
}
