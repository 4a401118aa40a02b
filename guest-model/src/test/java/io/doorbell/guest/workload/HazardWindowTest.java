package io.doorbell.guest.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;

/** The window against the plain statement of its rule, over every small program and many larger. */
class HazardWindowTest {
    private record Step(Operation operation, long startLba, long blockCount) {
        boolean conflictsWith(Step other) {
            boolean overlap =
                    startLba < other.startLba + other.blockCount
                            && other.startLba < startLba + blockCount;
            boolean bothRead = operation == Operation.READ && other.operation == Operation.READ;
            return overlap && !bothRead;
        }
    }

    private static final List<Step> SMALL_STEPS =
            List.of(
                    new Step(Operation.READ, 0, 1),
                    new Step(Operation.READ, 0, 2),
                    new Step(Operation.WRITE, 0, 1),
                    new Step(Operation.WRITE, 1, 1),
                    new Step(Operation.DEALLOCATE, 0, 2),
                    new Step(Operation.FLUSH, 0, 0));

    /** All 1,296 programs of four steps, each under every order of completion. */
    @Test
    void everySmallProgram_keepsConflictsInOrderAndOffersAllElse() {
        int programs = (int) Math.pow(SMALL_STEPS.size(), 4);
        for (int number = 0; number < programs; number++) {
            List<Step> program = new ArrayList<>();
            for (int rest = number, i = 0; i < 4; i++, rest /= SMALL_STEPS.size()) {
                program.add(SMALL_STEPS.get(rest % SMALL_STEPS.size()));
            }
            for (int order = 0; order < 24; order++) {
                run(program, 4, choices(order));
            }
        }
    }

    @Test
    void randomPrograms_keepConflictsInOrderAndOfferAllElse() {
        for (long seed = 1; seed <= 300; seed++) {
            RandomStream random = new RandomStream(seed);
            List<Step> program = new ArrayList<>();
            Operation[] operations = Operation.values();
            for (int i = 0; i < 200; i++) {
                Operation operation = operations[(int) random.nextBelow(operations.length)];
                program.add(
                        operation == Operation.FLUSH
                                ? new Step(operation, 0, 0)
                                : new Step(
                                        operation, random.nextBelow(40), 1 + random.nextBelow(8)));
            }
            run(program, 1 + (int) random.nextBelow(20), random::nextBelow);
        }
    }

    @Test
    void completingTwice_isRefused() {
        HazardWindow window = new HazardWindow(2);
        IoRequest request = new IoRequest();
        window.admit(Operation.READ, 8, 2, 0);
        assertThat(window.takeReady(request)).isTrue();
        window.release(request);
        assertThatThrownBy(() -> window.release(request))
                .hasMessage(
                        "READ of 2 blocks from LBA 8 is not outstanding; each request completes"
                                + " exactly once");
    }

    /** The digits of a number, each to the base asked for: 0 to 23 walk every order of four. */
    private static LongUnaryOperator choices(int order) {
        long[] rest = {order};
        return bound -> {
            long choice = rest[0] % bound;
            rest[0] /= bound;
            return choice;
        };
    }

    private static void run(List<Step> program, int capacity, LongUnaryOperator choose) {
        HazardWindow window = new HazardWindow(capacity);
        boolean[] completed = new boolean[program.size()];
        boolean[] taken = new boolean[program.size()];
        List<IoRequest> outstanding = new ArrayList<>();
        int admitted = 0;
        int done = 0;
        while (done < program.size()) {
            while (admitted < program.size() && !window.isFull()) {
                Step step = program.get(admitted);
                window.admit(step.operation, step.startLba, step.blockCount, admitted++);
            }
            takeAll(window, program, taken, completed, outstanding);
            requireNoneHeldBack(program, taken, completed, admitted);
            assertThat(outstanding).as("progress in %s", program).isNotEmpty();
            IoRequest ended = outstanding.remove((int) choose.applyAsLong(outstanding.size()));
            window.release(ended);
            completed[ended.originIndex()] = true;
            done++;
        }
        assertThat(window.hasWaiting()).isFalse();
    }

    private static void takeAll(
            HazardWindow window,
            List<Step> program,
            boolean[] taken,
            boolean[] completed,
            List<IoRequest> outstanding) {
        IoRequest request = new IoRequest();
        int last = -1;
        while (window.takeReady(request)) {
            int index = request.originIndex();
            assertThat(index).as("oldest first").isGreaterThan(last);
            last = index;
            Step step = program.get(index);
            assertThat(new Step(request.operation(), request.startLba(), request.blockCount()))
                    .isEqualTo(step);
            assertThat(mayRun(program, completed, index)).as("%s of %s", step, program).isTrue();
            taken[index] = true;
            outstanding.add(request);
            request = new IoRequest();
        }
    }

    private static void requireNoneHeldBack(
            List<Step> program, boolean[] taken, boolean[] completed, int admitted) {
        for (int i = 0; i < admitted; i++) {
            assertThat(taken[i] || !mayRun(program, completed, i))
                    .as("step %d of %s is held back for nothing", i, program)
                    .isTrue();
        }
    }

    private static boolean mayRun(List<Step> program, boolean[] completed, int index) {
        for (int earlier = 0; earlier < index; earlier++) {
            if (!completed[earlier] && program.get(earlier).conflictsWith(program.get(index))) {
                return false;
            }
        }
        return true;
    }
}
