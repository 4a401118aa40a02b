package io.doorbell.simulation.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.bus.memory.DmaStatus;
import io.doorbell.simulation.fault.Fault;
import io.doorbell.simulation.fault.Strike;
import io.doorbell.simulation.situation.Sightings;
import io.doorbell.simulation.situation.Situation;
import io.doorbell.simulation.situation.Situations;
import io.doorbell.spec.AdminOpcode;
import io.doorbell.spec.Doorbells;
import io.doorbell.spec.NvmOpcode;
import io.doorbell.spec.Registers;
import io.doorbell.spec.Status;
import io.doorbell.spec.SubsystemReset;
import io.doorbell.spec.command.Abort;
import io.doorbell.spec.command.DeleteQueue;
import io.doorbell.spec.command.SetFeatures;
import io.doorbell.spec.feature.FeatureId;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** Each situation is met where it is played, and not in an ordinary command before. */
class SituationsTest {
    private static final int ENTRIES = ScriptedBus.ENTRIES;
    private static final long VECTOR_1_CONTROL = 0x2000 + 16 + 12;

    private static final Map<Situation, BiConsumer<ScriptedBus, Situations>> PLAYS = plays();

    private static void deleteSubmissionQueue(ScriptedBus bus) {
        bus.submit(
                0,
                AdminOpcode.DELETE_IO_SUBMISSION_QUEUE,
                1,
                entry -> DeleteQueue.queueId(entry, 1));
    }

    private static void abort(ScriptedBus bus, int commandId, int target) {
        bus.submit(
                0,
                AdminOpcode.ABORT,
                commandId,
                entry -> {
                    Abort.queueId(entry, 1);
                    Abort.commandId(entry, target);
                });
    }

    private static void fill(ScriptedBus bus) {
        for (int i = 0; i < ENTRIES - 1; i++) {
            bus.flush(1, 10 + i);
            bus.post(1, 10 + i);
        }
    }

    private static void mask(ScriptedBus bus, int control) {
        bus.write(VECTOR_1_CONTROL, 4, control);
    }

    private static void disable(ScriptedBus bus) {
        bus.write(Registers.CC, 4, ScriptedBus.CC & ~1);
    }

    private static Map<Situation, BiConsumer<ScriptedBus, Situations>> plays() {
        Map<Situation, BiConsumer<ScriptedBus, Situations>> plays = new EnumMap<>(Situation.class);
        plays.put(
                Situation.SUBMISSION_QUEUE_FULL,
                (bus, _) -> {
                    for (int i = 0; i < ENTRIES - 1; i++) {
                        bus.put(1, 0, 10 + i, _ -> {});
                    }
                    bus.ring(1);
                    bus.fetch(1);
                });
        plays.put(
                Situation.SUBMISSION_QUEUE_WRAPS,
                (bus, _) -> {
                    for (int i = 0; i < ENTRIES; i++) {
                        bus.flush(1, 10 + i);
                        bus.finish(1, 10 + i);
                    }
                });
        plays.put(
                Situation.QUEUES_COMPETE,
                (bus, _) -> {
                    bus.put(2, 0, 1, _ -> {});
                    bus.ring(2);
                    bus.flush(1, 1);
                });
        plays.put(Situation.COMPLETION_QUEUE_FULL, (bus, _) -> fill(bus));
        plays.put(
                Situation.FULL_WHILE_MASKED,
                (bus, _) -> {
                    mask(bus, 1);
                    fill(bus);
                });
        plays.put(
                Situation.ROOM_AFTER_FULL,
                (bus, _) -> {
                    fill(bus);
                    bus.interrupt(1);
                    bus.consume(1);
                });
        plays.put(
                Situation.FETCH_WHILE_FULL,
                (bus, _) -> {
                    fill(bus);
                    bus.flush(1, 50);
                });
        plays.put(
                Situation.OUT_OF_ORDER,
                (bus, _) -> {
                    bus.flush(1, 1);
                    bus.flush(1, 2);
                    bus.post(1, 2);
                    bus.post(1, 1);
                });
        plays.put(
                Situation.RING_OUT_OF_RANGE,
                (bus, _) -> bus.write(Doorbells.submissionTailOffset(1, 0), 4, 99));
        plays.put(
                Situation.RING_BEYOND,
                (bus, _) -> bus.write(Doorbells.completionHeadOffset(1, 0), 4, 5));
        plays.put(
                Situation.RING_NO_QUEUE,
                (bus, _) -> bus.write(Doorbells.submissionTailOffset(3, 0), 4, 1));
        plays.put(
                Situation.RING_NOT_READY,
                (bus, _) -> {
                    disable(bus);
                    bus.ring(1);
                });
        plays.put(
                Situation.RING_WHILE_DELETING,
                (bus, _) -> {
                    deleteSubmissionQueue(bus);
                    bus.put(1, 0, 1, _ -> {});
                    bus.ring(1);
                });
        plays.put(
                Situation.DELETE_WITH_COMMANDS,
                (bus, _) -> {
                    bus.flush(1, 1);
                    deleteSubmissionQueue(bus);
                });
        plays.put(
                Situation.DELETE_WITH_ENTRIES,
                (bus, _) -> {
                    bus.put(1, 0, 1, _ -> {});
                    bus.ring(1);
                    deleteSubmissionQueue(bus);
                });
        plays.put(
                Situation.QUEUE_CREATED_UNDER_IO,
                (bus, _) -> {
                    bus.flush(1, 1);
                    bus.createPair(3);
                });
        plays.put(
                Situation.SENT_AFTER_MASK,
                (bus, _) -> {
                    mask(bus, 1);
                    bus.flush(1, 1);
                    bus.post(1, 1);
                    mask(bus, 0);
                    bus.interrupt(1);
                });
        plays.put(
                Situation.TWO_UNDER_WAY,
                (bus, _) -> {
                    postTwo(bus);
                    bus.oracles.interruptSent(ScriptedBus.message(1));
                    bus.oracles.interruptSent(ScriptedBus.message(1));
                });
        plays.put(
                Situation.SPURIOUS_INTERRUPT,
                (bus, _) -> {
                    postTwo(bus);
                    bus.consume(1);
                    bus.interrupt(1);
                });
        plays.put(
                Situation.TIMER_BELOW_THRESHOLD,
                (bus, _) -> {
                    bus.admin(
                            AdminOpcode.SET_FEATURES,
                            entry -> {
                                SetFeatures.featureId(entry, FeatureId.INTERRUPT_COALESCING);
                                SetFeatures.value(entry, 0x0107);
                            });
                    bus.flush(1, 1);
                    bus.finish(1, 1);
                });
        plays.put(
                Situation.RESET_WITH_COMMANDS,
                (bus, _) -> {
                    bus.flush(1, 1);
                    disable(bus);
                });
        plays.put(
                Situation.RESET_WITH_ENTRIES,
                (bus, _) -> {
                    bus.put(1, 0, 1, _ -> {});
                    bus.ring(1);
                    disable(bus);
                });
        plays.put(
                Situation.RESET_BEFORE_INTERRUPT,
                (bus, _) -> {
                    bus.flush(1, 1);
                    bus.post(1, 1);
                    disable(bus);
                });
        plays.put(
                Situation.RESET_BEFORE_DELIVERY,
                (bus, _) -> {
                    postTwo(bus);
                    bus.oracles.interruptSent(ScriptedBus.message(1));
                    disable(bus);
                });
        plays.put(
                Situation.RESET_WITH_EVENT_REQUESTS,
                (bus, _) -> {
                    bus.submit(0, AdminOpcode.ASYNCHRONOUS_EVENT_REQUEST, 1, _ -> {});
                    disable(bus);
                });
        plays.put(
                Situation.RESET_OF_SUBSYSTEM,
                (bus, _) -> bus.write(Registers.NSSR, 4, SubsystemReset.RESET));
        plays.put(
                Situation.ACCESS_AFTER_DISABLE,
                (bus, situations) -> {
                    disable(bus);
                    situations.deviceWrote(ScriptedBus.DATA, 8, DmaStatus.OK);
                });
        plays.put(Situation.FATAL_SEEN, (bus, _) -> bus.read(Registers.CSTS, 4, 3));
        plays.put(Situation.GONE_SEEN, (bus, _) -> bus.read(Registers.CSTS, 4, -1));
        plays.put(
                Situation.SHUTDOWN_WITH_COMMANDS,
                (bus, _) -> {
                    bus.flush(1, 1);
                    bus.write(Registers.CC, 4, ScriptedBus.CC | 1 << 14);
                });
        plays.put(
                Situation.ABORT_FINDS_NOTHING,
                (bus, _) -> {
                    bus.flush(1, 1);
                    bus.finish(1, 1);
                    abort(bus, 2, 1);
                });
        plays.put(
                Situation.ABORT_LOSES_RACE,
                (bus, _) -> {
                    bus.flush(1, 1);
                    abort(bus, 2, 1);
                    bus.post(1, 1);
                });
        plays.put(
                Situation.ABORT_ENDS_COMMAND,
                (bus, _) -> {
                    bus.flush(1, 1);
                    abort(bus, 2, 1);
                    bus.post(1, 1, Status.COMMAND_ABORT_REQUESTED, 0);
                });
        plays.put(
                Situation.FEATURE_UNDER_IO,
                (bus, _) -> {
                    bus.flush(1, 1);
                    bus.submit(0, AdminOpcode.SET_FEATURES, 2, _ -> {});
                });
        plays.put(
                Situation.PRP_LIST,
                (bus, _) ->
                        bus.submit(
                                1,
                                NvmOpcode.READ,
                                1,
                                entry ->
                                        entry.prp1(ScriptedBus.DATA)
                                                .prp2(ScriptedBus.DATA + 0x8000)
                                                .cdw12(23)));
        plays.put(
                Situation.STORE_OVERTAKEN,
                (_, situations) -> {
                    situations.deviceWrote(ScriptedBus.DATA, 8, DmaStatus.OK);
                    situations.deviceWrote(ScriptedBus.DATA + 64, 8, DmaStatus.OK);
                    situations.deviceWriteVisible(ScriptedBus.DATA + 64, 8);
                });
        plays.put(
                Situation.ROOM_NEWS_LOST,
                (bus, situations) -> {
                    fill(bus);
                    situations.faultStruck(strike("lose at write/cq-1-head"));
                });
        plays.put(
                Situation.FAULTS_OF_TWO_KINDS,
                (_, situations) -> {
                    situations.faultStruck(strike("lose at interrupt/1"));
                    situations.faultStruck(strike("double at interrupt/1"));
                });
        plays.put(Situation.TIMEOUT, (_, situations) -> situations.timedOut(1, 1));
        return plays;
    }

    private static void postTwo(ScriptedBus bus) {
        bus.flush(1, 1);
        bus.flush(1, 2);
        bus.post(1, 1);
        bus.post(1, 2);
    }

    private static Strike strike(String text) {
        Fault fault = Fault.parse(text);
        return new Strike(fault, fault.site(), List.of());
    }

    @TestFactory
    Stream<DynamicTest> situation_isMetWhereItIsPlayed() {
        return PLAYS.keySet().stream()
                .map(each -> DynamicTest.dynamicTest(each.text(), () -> play(each)));
    }

    private static void play(Situation situation) {
        ScriptedBus bus = new ScriptedBus(ScriptedBus.SETTINGS.withoutHost(), false);
        Situations situations = new Situations(bus.oracles.model());
        bus.start();
        bus.flush(1, 1);
        bus.finish(1, 1);
        assertThat(situations.sightings().times(situation)).as("before").isZero();

        BiConsumer<ScriptedBus, Situations> script = PLAYS.get(situation);
        assertThat(script).isNotNull();
        script.accept(bus, situations);

        assertThat(situations.sightings().times(situation)).isPositive();
    }

    @Test
    void sightings_countRunsAndTimes() {
        ScriptedBus bus = new ScriptedBus();
        Situations run = new Situations(bus.oracles.model());
        run.timedOut(1, 1);
        run.timedOut(1, 2);
        Sightings all = new Sightings();
        all.add(run.sightings());
        all.add(run.sightings());
        all.add(new Sightings());
        assertThat(all.met()).containsExactly(new Sightings.Sighting(Situation.TIMEOUT, 2, 4));
        assertThat(all.neverMet()).hasSize(Situation.values().length - 1);
    }
}
