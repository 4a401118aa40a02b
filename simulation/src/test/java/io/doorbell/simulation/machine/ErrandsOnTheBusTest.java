package io.doorbell.simulation.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.simulation.cases.Case;
import io.doorbell.simulation.choice.Choices;
import io.doorbell.simulation.errand.Errand;
import io.doorbell.simulation.errand.ErrandKind;
import io.doorbell.simulation.errand.Moment;
import io.doorbell.simulation.lab.Components;
import io.doorbell.simulation.lab.Judge;
import io.doorbell.simulation.lab.Laboratory;
import io.doorbell.simulation.lab.Laboratory.Plan;
import io.doorbell.simulation.lab.Machine;
import io.doorbell.simulation.lab.Outcome;
import io.doorbell.simulation.lab.Scenario;
import io.doorbell.simulation.lab.Spectator;
import io.doorbell.simulation.lab.Strategy;
import io.doorbell.simulation.observe.BusObserver;
import io.doorbell.simulation.observe.FunctionFacts;
import io.doorbell.simulation.observe.ModelEvents;
import io.doorbell.simulation.observe.Observers;
import io.doorbell.simulation.observe.SubmissionQueueState;
import io.doorbell.simulation.oracle.OracleSettings;
import io.doorbell.simulation.oracle.Violation;
import io.doorbell.simulation.wire.WireParts;
import io.doorbell.spec.AdminOpcode;
import io.doorbell.spec.Doorbells;
import io.doorbell.spec.SubmissionEntry;
import io.doorbell.spec.command.CreateSubmissionQueue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/** Each errand is seen on the bus, is judged, and is part of what a case holds. */
class ErrandsOnTheBusTest {
    private static final long QUEUE_ERRAND_NANOS = 3_000_000;

    /** A host that rings each time. */
    private static final Scenario BASE =
            Components.with(Scenario.SMALL, "host", "shadows=none spare-queues=1");

    /** Counts what passes between host and device, by a name for it. */
    private static final class Traffic implements BusObserver, ModelEvents, Machine.Builder {
        private final SimulatedMachine.Builder machines = new SimulatedMachine.Builder();
        private final Map<String, Integer> counts = new TreeMap<>();
        private final Map<Integer, Long> lastRing = new TreeMap<>(); // by doorbell
        private Judge judge = new Judge(machines.facts(BASE), OracleSettings.DEFAULT);
        private LongSupplier nanoTime = () -> 0;

        Outcome run(Scenario scenario, OracleSettings settings) {
            judge = new Judge(machines.facts(scenario), settings);
            try (Laboratory laboratory = new Laboratory(this)) {
                return laboratory.run(scenario, plan(), judge);
            }
        }

        int count(String name) {
            return counts.getOrDefault(name, 0);
        }

        private void saw(String name) {
            counts.merge(name, 1, Integer::sum);
        }

        @Override
        public FunctionFacts facts(Scenario scenario) {
            return machines.facts(scenario);
        }

        @Override
        public long memoryBytes(Scenario scenario) {
            return machines.memoryBytes(scenario);
        }

        @Override
        public Machine build(WireParts parts, Scenario scenario, List<String> problems) {
            nanoTime = parts.world()::nanoTime;
            judge.judges().model().watch(this);
            return machines.build(
                    new WireParts(
                            parts.world(),
                            parts.memory(),
                            new Observers(List.of(parts.observer(), this)),
                            parts.faults(),
                            parts.choices(),
                            parts.times(),
                            parts.slot(),
                            parts.messages(),
                            parts.jitter()),
                    scenario,
                    problems);
        }

        @Override
        public void registerWritten(int bar, long offset, int widthBytes, long value) {
            int doorbell = Doorbells.index(offset, 0);
            if (offset < Doorbells.OFFSET_BYTES) {
                saw("register %x %x".formatted(offset, value));
                saw("width %d".formatted(widthBytes));
            } else if (widthBytes != 4) {
                saw("width %d".formatted(widthBytes));
            } else if (doorbell >= 0 && doorbell < 1000) {
                saw("ring %d %d".formatted(doorbell, value));
                long now = nanoTime.getAsLong();
                Long last = lastRing.put(doorbell, now);
                if (last != null && now - last >= QUEUE_ERRAND_NANOS) {
                    saw("silence %d".formatted(doorbell));
                }
            } else {
                saw("vector control %d".formatted(offset % 16 == 12 ? value : -1));
            }
        }

        @Override
        public void registerWritten(long offsetBytes, int widthBytes, long value) {}

        @Override
        public void deviceWriteVisible(long address, long sizeBytes) {}

        @Override
        public void actorFailed(String path, Throwable cause) {}

        @Override
        public void quiet(long untilNanos) {}

        @Override
        public void configWritten(int offsetBytes, int widthBytes, int value) {
            saw("config %x %x".formatted(offsetBytes, value));
        }

        @Override
        public void rang(int doorbell, int value, RingVerdict verdict) {
            if (verdict == RingVerdict.UNCHANGED) {
                saw(Doorbells.isCompletionHead(doorbell) ? "head again" : "tail again");
            }
            int queueId = Doorbells.queueId(doorbell);
            SubmissionQueueState queue = judge.judges().model().submissionQueue(queueId);
            boolean isGoing = queue == null || queue.isDeleting();
            if (Doorbells.isCompletionHead(doorbell)
                    && verdict == RingVerdict.ACCEPTED
                    && isGoing) {
                saw("head after its queue");
            }
        }

        @Override
        public void fetched(SubmissionQueueState queue, int command) {
            SubmissionEntry entry = judge.judges().model().commands().entry(command);
            saw(
                    "%s %02x fuse %d"
                            .formatted(
                                    queue.id() == 0 ? "admin" : "io",
                                    entry.opcode(),
                                    entry.fuse()));
            saw("offset %d".formatted(entry.prp1() % 4096));
            if (queue.id() == 0 && entry.opcode() == AdminOpcode.CREATE_IO_SUBMISSION_QUEUE) {
                saw("admin 01 entries %d".formatted(CreateSubmissionQueue.entryCount(entry)));
            }
        }

        @Override
        public void pinChanged(boolean asserted) {
            saw("pin " + asserted);
        }
    }

    private static Plan plan() {
        return new Plan(Choices.ordinary(), Strategy.ORDINARY, List.of(), false);
    }

    @ParameterizedTest
    @CsvSource({
        "reset-controller on command 40 at 0ns, register 14 460000, 2",
        "reset-function on command 40 at 0ns, config 88 8000, 1",
        "reset-subsystem on command 40 at 0ns, register 20 4e564d65, 1",
        "shut-down on command 40 at 0ns, register 14 464001, 1",
        "shut-down-abruptly on command 40 at 0ns, register 14 468001, 1",
        "recreate-queues on command 40 at 0ns, admin 05 fuse 0, 4",
        "disable-mastering on command 40 at 0ns for 9000ns, config 4 2, 2",
        "mask-vector of 2 on command 40 at 0ns for 9000ns, vector control 1, 1",
        "mask-function on command 40 at 0ns for 9000ns, config 52 c000, 1",
        "pause on command 40 at 0ns for 4000000ns, silence 2, 1",
        "stall-consumer of 2 on command 40 at 0ns for 4000000ns, silence 5, 1",
        "hold-head of 2 on command 40 at 0ns for 4000000ns, silence 5, 1",
        "ring-tail of 1 on command 40 at 0ns amount 4711, ring 2 4711, 1",
        "ring-head of 0 on command 40 at 0ns amount 4711, ring 1 4711, 1",
        "ring-tail of 200 on command 40 at 0ns amount 1, ring 400 1, 1",
        "ring-odd-width of 1 on command 40 at 0ns amount 2, width 8, 1",
        "identify on command 40 at 0ns amount 2, admin 06 fuse 0, 2",
        "identify on command 40 at 0ns amount 4, offset 4092, 1",
        "get-log on command 40 at 0ns, admin 02 fuse 0, 1",
        "set-feature on command 40 at 0ns amount 6, admin 0a fuse 0, 1",
        "wrong-queue-command on command 40 at 0ns amount 6, admin 04 fuse 0, 1",
        "wrong-admin-command on command 40 at 0ns, admin c5 fuse 0, 1",
        "abort on command 40 at 0ns amount 1, admin 08 fuse 0, 1",
        "request-events on command 40 at 0ns amount 2, admin 0c fuse 0, 2",
        "spare-queues on command 40 at 0ns, admin 05 fuse 0, 6",
        "mask-vector of 2 on command 40 at 0ns for 9000ns amount 4294967294, vector control 4294967294, 1",
        "fail-commands of 1 on command 40 at 0ns amount 18, io 7d fuse 0, 2",
        "mix-commands of 1 on command 40 at 0ns, io 04 fuse 0, 1",
        "mix-commands of 1 on command 40 at 0ns, io 09 fuse 0, 1",
        "fuse of 1 on command 40 at 0ns, io 05 fuse 1, 2",
        "move-data of 1 on command 40 at 0ns amount 10, offset 4092, 2"
    })
    void errand_isSeenOnTheBus(String errand, String name, int times) {
        Traffic without = new Traffic();
        without.run(BASE, OracleSettings.DEFAULT);
        Traffic with = new Traffic();

        Scenario scenario = BASE.withErrands(errand);
        Outcome outcome =
                with.run(
                        scenario,
                        scenario.hasWildHost() || scenario.hasSlowHost()
                                ? OracleSettings.DEFAULT.withoutHost()
                                : OracleSettings.DEFAULT);

        assertThat(outcome.problem()).isEmpty();
        assertThat(with.judge.violation()).isNull();
        assertThat(with.count(name) - without.count(name)).as(name).isGreaterThanOrEqualTo(times);
    }

    /** A head past the tail of an idle queue is a value that no completion has led to. */
    @Test
    void headPastTail_isSuchAValue_andChangesNothing() {
        Scenario scenario =
                BASE.withErrands("ring-head-past-tail of 1 on command 40 at 0ns amount 2");
        Traffic traffic = new Traffic();

        traffic.run(scenario, OracleSettings.DEFAULT);

        Violation violation = traffic.judge.violation();
        assertThat(violation).isNotNull();
        assertThat(violation.seen()).contains("CQ head 1: BEYOND");
        assertThat(new Traffic().run(scenario, OracleSettings.DEFAULT.withoutHost()).problem())
                .isEmpty();
    }

    /** Habits that change what is on the bus with each reset, or from the start. */
    @ParameterizedTest
    @CsvSource({
        "sizes=vary, admin 01 entries 4, 4",
        "interrupt-mode=pin, pin true, 10",
        "interrupt-mode=pin-masked, register c 1, 10",
        "interrupt-mode=pin-then-msix, pin true, 2",
        "wide-registers=true, width 8, 4",
        "enables-at-once=true, register 14 460000, -1",
        "keeps-admin-registers=true, register 24 1f001f, -1",
        "asks-for-events=false, admin 0c fuse 0, -2",
        "drains=true, head after its queue, 1"
    })
    void habit_isSeenOnTheBus(String habit, String name, int times) {
        Scenario scenario = BASE.withErrands("reset-controller on command 40 at 0ns");
        Traffic usual = new Traffic();
        usual.run(scenario, OracleSettings.DEFAULT);
        Traffic other = new Traffic();

        Outcome outcome =
                other.run(
                        Components.with(scenario, "host", BASE.host() + " " + habit),
                        OracleSettings.DEFAULT);

        assertThat(outcome.problem()).isEmpty();
        int more = other.count(name) - usual.count(name);
        assertThat(times < 0 ? -more : more).as(name).isGreaterThanOrEqualTo(Math.abs(times));
    }

    @Test
    void ringAgain_ringsWhatWasRung() {
        Traffic traffic = new Traffic();
        Outcome outcome =
                traffic.run(
                        BASE.withErrands("ring-again of 2 on command 40 at 0ns"),
                        OracleSettings.DEFAULT.withoutHost());
        assertThat(outcome.problem()).isEmpty();
        assertThat(traffic.count("tail again")).isEqualTo(1);
        assertThat(traffic.count("head again")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(ErrandKind.class)
    void case_holdsTheErrand(ErrandKind kind) throws Exception {
        Scenario scenario =
                BASE.withErrands(
                        Errand.of(kind)
                                .number(kind.target() == ErrandKind.Target.NOTHING ? 0 : 1)
                                .on(Moment.COMMAND, 30, 200)
                                .lasting(20_000)
                                .amount(77)
                                .toString());
        try (Laboratory laboratory = new Laboratory()) {
            Outcome outcome =
                    laboratory.run(
                            scenario,
                            new Plan(Choices.drawn(5), Strategy.RANDOM, List.of(), false),
                            Spectator.NONE);
            Case written = Case.of("test", 5, scenario, Strategy.RANDOM, List.of(), outcome);

            Case read = Case.parse(written.text());

            assertThat(read).isEqualTo(written);
            assertThat(outcome.problem()).isEmpty();
            assertThat(read.isSameRun(laboratory.run(read.scenario(), read.plan(false)))).isTrue();
        }
    }
}
