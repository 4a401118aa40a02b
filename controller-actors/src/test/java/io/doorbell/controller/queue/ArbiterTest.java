package io.doorbell.controller.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.controller.queue.Arbiter.Priority;
import io.doorbell.controller.queue.Arbiter.Weights;

import org.apache.pekko.actor.testkit.typed.javadsl.BehaviorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.List;

/** Weighted round robin with urgent class (Base §3.4.4): who gets how many turns. */
class ArbiterTest {
    private static final int MANY = 1_000_000;
    private static final Weights WEIGHTS = new Weights(4, 8, 4, 2);

    private final List<Queue> queues = new ArrayList<>();
    private final List<Queue> turns = new ArrayList<>();
    private BehaviorTestKit<Arbiter.Command> arbiter =
            BehaviorTestKit.create(Arbiter.create(WEIGHTS));
    private boolean commandsStay; // they complete only when the test says so

    /** A submission queue with so many commands to fetch. */
    private final class Queue {
        final TestInbox<SubmissionQueue.Command> inbox = TestInbox.create();
        final Priority priority;
        int pending;
        int fetched;
        int limitMax;

        Queue(Priority priority, int pending) {
            this.priority = priority;
            this.pending = pending;
            queues.add(this);
            ready();
        }

        void ready() {
            arbiter.run(new Arbiter.Ready(inbox.getRef(), priority));
        }

        /** Takes the turn it was given, if it was. */
        boolean takeTurn() {
            SubmissionQueue.Turn turn = givenTurn();
            if (turn == null) {
                return false;
            }
            int count = Math.min(turn.limit(), pending);
            limitMax = Math.max(limitMax, turn.limit());
            pending -= count;
            fetched += count;
            turns.add(this);
            arbiter.run(new Arbiter.TurnTaken(count, pending > 0));
            if (!commandsStay && priority != Priority.ADMIN) {
                arbiter.run(new Arbiter.Finished(count));
            }
            return true;
        }

        SubmissionQueue.@Nullable Turn givenTurn() {
            return inbox.hasMessages() ? (SubmissionQueue.Turn) inbox.receiveMessage() : null;
        }

        void leave() {
            arbiter.run(new Arbiter.Leave(inbox.getRef()));
        }
    }

    private void weights(int burst, int high, int medium, int low) {
        arbiter = BehaviorTestKit.create(Arbiter.create(new Weights(burst, high, medium, low)));
    }

    /** Lets queues take turns until so many were taken, or none is given any more. */
    private void run(int turnsMax) {
        for (int taken = 0; taken < turnsMax; taken++) {
            if (queues.stream().filter(Queue::takeTurn).findFirst().isEmpty()) {
                return;
            }
        }
    }

    @Test
    void adminThenUrgent_areServedBeforeAllOthers() {
        Queue low = new Queue(Priority.LOW, 40);
        Queue high = new Queue(Priority.HIGH, 40);
        Queue urgent = new Queue(Priority.URGENT, 40);
        Queue admin = new Queue(Priority.ADMIN, 40);
        run(1); // was given before the others came
        assertThat(turns).containsExactly(low);
        run(20);
        assertThat(turns.subList(1, 11)).containsOnly(admin);
        assertThat(turns.subList(11, 21)).containsOnly(urgent);
        assertThat(high.fetched).isZero();
        run(MANY);
        assertThat(high.fetched).isEqualTo(40);
        assertThat(low.fetched).isEqualTo(40);
    }

    @Test
    void urgentThatComesLate_isNextAfterTheTurnThatIsGiven() {
        new Queue(Priority.HIGH, MANY);
        new Queue(Priority.LOW, MANY);
        run(100);
        Queue urgent = new Queue(Priority.URGENT, 8);
        run(3);
        assertThat(turns.subList(101, 103)).containsOnly(urgent);
        urgent.pending = 4;
        urgent.ready();
        run(2);
        assertThat(turns.getLast()).isSameAs(urgent);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 5, 3, 1",
        "4, 5, 3, 1",
        "64, 5, 3, 1",
        "8, 256, 128, 64",
        "64, 256, 1, 1",
        "1, 1, 1, 1",
        "3, 7, 11, 13"
    })
    void saturated_eachClassGetsItsWeight(int burst, int high, int medium, int low) {
        weights(burst, high, medium, low);
        Queue[] all = {
            new Queue(Priority.HIGH, MANY),
            new Queue(Priority.MEDIUM, MANY),
            new Queue(Priority.LOW, MANY)
        };
        run(20_000);
        double sum = all[0].fetched + all[1].fetched + all[2].fetched;
        double weights = high + medium + low;
        assertThat(all[0].fetched / sum).isBetween(0.99 * high / weights, 1.01 * high / weights);
        assertThat(all[1].fetched / sum)
                .isBetween(0.99 * medium / weights, 1.01 * medium / weights);
        assertThat(all[2].fetched / sum).isBetween(0.99 * low / weights, 1.01 * low / weights);
        for (Queue queue : all) {
            assertThat(queue.limitMax).isLessThanOrEqualTo(burst);
        }
    }

    @Test
    void queuesOfAClass_shareItEqually() {
        for (int i = 0; i < 5; i++) {
            new Queue(Priority.HIGH, MANY);
        }
        new Queue(Priority.LOW, MANY);
        run(12_000);
        int share = queues.getFirst().fetched;
        assertThat(queues.subList(0, 5))
                .allSatisfy(queue -> assertThat(queue.fetched).isBetween(share - 4, share + 4));
    }

    @Test
    void classWithoutCommands_leavesItsShareToTheOthers() {
        Queue high = new Queue(Priority.HIGH, 0);
        Queue low = new Queue(Priority.LOW, 1000);
        run(MANY);
        assertThat(low.fetched).isEqualTo(1000);
        assertThat(high.fetched).isZero();
    }

    @Test
    void newWeights_holdFromTheNextTurnOn() {
        Queue high = new Queue(Priority.HIGH, MANY);
        Queue low = new Queue(Priority.LOW, MANY);
        run(1000);
        arbiter.run(new Arbiter.Configure(new Weights(2, 1, 1, 9)));
        run(1);
        int highBefore = high.fetched;
        int lowBefore = low.fetched;
        run(6_000);
        double share = (double) (high.fetched - highBefore) / (low.fetched - lowBefore);
        assertThat(share).isBetween(0.99 / 9, 1.01 / 9);
    }

    @ParameterizedTest
    @EnumSource(
            value = Priority.class,
            names = {"URGENT", "HIGH", "MEDIUM", "LOW"})
    void tooManyInFlight_nobodyButTheAdminGetsATurnUntilSomeEnd(Priority priority) {
        commandsStay = true;
        Queue queue = new Queue(priority, MANY);
        run(MANY);
        int limit = queue.fetched;
        assertThat(limit).isBetween(Arbiter.IN_FLIGHT_MAX, Arbiter.IN_FLIGHT_MAX + 3);
        Queue admin = new Queue(Priority.ADMIN, 10);
        run(MANY);
        assertThat(admin.fetched).isEqualTo(10);
        assertThat(queue.fetched).isEqualTo(limit);
        arbiter.run(new Arbiter.Finished(100));
        run(MANY);
        assertThat(queue.fetched).isBetween(limit + 97, limit + 103);
    }

    @Test
    void queueThatLeavesInItsTurn_doesNotKeepTheTurn() {
        Queue first = new Queue(Priority.HIGH, 10);
        Queue second = new Queue(Priority.HIGH, 10);
        assertThat(first.inbox.hasMessages()).isTrue();
        assertThat(second.inbox.hasMessages()).isFalse();
        first.leave();
        assertThat(second.inbox.hasMessages()).isTrue();
    }

    @Test
    void queueThatLeavesWhileItWaits_getsNoTurn() {
        Queue first = new Queue(Priority.URGENT, 10);
        Queue second = new Queue(Priority.URGENT, 10);
        Queue third = new Queue(Priority.URGENT, 10);
        second.leave();
        run(MANY);
        assertThat(first.fetched).isEqualTo(10);
        assertThat(second.fetched).isZero();
        assertThat(third.fetched).isEqualTo(10);
    }
}
