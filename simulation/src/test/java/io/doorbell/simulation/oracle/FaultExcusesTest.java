package io.doorbell.simulation.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.simulation.fault.Fault;
import io.doorbell.simulation.fault.Strike;
import io.doorbell.spec.AdminOpcode;
import io.doorbell.spec.Doorbells;
import io.doorbell.spec.NvmOpcode;
import io.doorbell.spec.Registers;
import io.doorbell.spec.command.DeleteQueue;
import io.doorbell.spec.command.SetFeatures;
import io.doorbell.spec.feature.FeatureId;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What a fault explains breaks no law; what it does not explain does. */
class FaultExcusesTest {
    private record Play(String what, String brokenLaw, Consumer<ScriptedBus> script) {}

    private static Play held(String what, Consumer<ScriptedBus> script) {
        return new Play(what, "", script);
    }

    private static Play broken(String what, String law, Consumer<ScriptedBus> script) {
        return new Play(what, law, script);
    }

    private static void strike(ScriptedBus bus, String fault, Strike.Command... commands) {
        Fault parsed = Fault.parse(fault);
        bus.oracles.faultStruck(new Strike(parsed, parsed.site(), List.of(commands)));
    }

    /** A command completes, and its interrupt is sent and lost. */
    private static void lostInterrupt(ScriptedBus bus, int commandId) {
        bus.flush(1, commandId);
        bus.post(1, commandId);
        bus.oracles.interruptSent(ScriptedBus.message(1));
        strike(bus, "lose at interrupt/1");
    }

    private static void putAndRing(ScriptedBus bus, int queue, int commandId) {
        bus.put(queue, 0, commandId, _ -> {});
        bus.ring(queue);
    }

    private static Stream<Play> plays() {
        return Stream.of(
                held(
                        "a lost interrupt",
                        bus -> {
                            lostInterrupt(bus, 1);
                            bus.quiet();
                        }),
                broken(
                        "another vector is silent",
                        "I12",
                        bus -> {
                            lostInterrupt(bus, 1);
                            bus.flush(2, 1);
                            bus.post(2, 1);
                            bus.quiet();
                        }),
                broken(
                        "the vector is silent after its next message",
                        "I12",
                        bus -> {
                            lostInterrupt(bus, 1);
                            bus.interrupt(1);
                            bus.flush(1, 2);
                            bus.post(1, 2);
                            bus.quiet();
                        }),
                broken(
                        "the vector is silent after a reset",
                        "I12",
                        bus -> {
                            lostInterrupt(bus, 1);
                            bus.reset();
                            bus.enable();
                            bus.createPair(1);
                            bus.flush(1, 2);
                            bus.post(1, 2);
                            bus.quiet();
                        }),
                held(
                        "a lost wake-up",
                        bus -> {
                            strike(bus, "lose at wake/sq-1");
                            putAndRing(bus, 1, 1);
                            bus.quiet();
                        }),
                broken(
                        "a wake-up lost by another queue",
                        "I10",
                        bus -> {
                            strike(bus, "lose at wake/sq-2");
                            putAndRing(bus, 1, 1);
                            bus.quiet();
                        }),
                held(
                        "a wake-up that is late",
                        bus -> {
                            strike(bus, "delay at wake/sq-1 amount 5000");
                            putAndRing(bus, 1, 1);
                            bus.quiet();
                        }),
                broken(
                        "a late wake-up that changes nothing when it comes",
                        "I10",
                        bus -> {
                            strike(bus, "delay at wake/sq-1 amount 5000");
                            putAndRing(bus, 1, 1);
                            bus.nanos += 5000;
                            bus.quiet();
                        }),
                held(
                        "a command that hangs",
                        bus -> {
                            bus.flush(1, 1);
                            strike(bus, "hang at commands/cq-1", new Strike.Command(1, 1));
                            bus.quiet();
                        }),
                broken(
                        "another command hangs as well",
                        "I01",
                        bus -> {
                            bus.flush(1, 1);
                            bus.flush(1, 2);
                            strike(bus, "hang at commands/cq-1", new Strike.Command(1, 1));
                            bus.quiet();
                        }),
                held(
                        "a ring whose value was changed beyond the queue's end",
                        bus -> {
                            bus.put(1, 0, 1, _ -> {});
                            strike(bus, "flip at write/sq-1-tail amount 64");
                            bus.oracles.spoiltArrives();
                            bus.write(Doorbells.submissionTailOffset(1, 0), 4, 65);
                            bus.quiet();
                        }),
                broken(
                        "the next ring is wrong by itself",
                        "I09",
                        bus -> {
                            bus.put(1, 0, 1, _ -> {});
                            bus.oracles.spoiltArrives();
                            bus.write(Doorbells.submissionTailOffset(1, 0), 4, 65);
                            bus.write(Doorbells.submissionTailOffset(1, 0), 4, 65);
                        }),
                held(
                        "a ring whose value was changed to a possible one: two slots too many",
                        bus -> {
                            bus.oracles.spoiltArrives();
                            bus.write(Doorbells.submissionTailOffset(1, 0), 4, 2);
                            bus.fetch(1);
                            bus.fetch(1);
                        }),
                broken(
                        "nobody rang, and two slots are fetched",
                        "I09",
                        bus -> {
                            bus.fetch(1);
                            bus.fetch(1);
                        }),
                held(
                        "a coalesced interrupt told of an entry that comes late",
                        bus -> {
                            bus.admin(
                                    AdminOpcode.SET_FEATURES,
                                    entry -> {
                                        SetFeatures.featureId(
                                                entry, FeatureId.INTERRUPT_COALESCING);
                                        SetFeatures.value(entry, 0xFF00); // one entry
                                    });
                            strike(bus, "delay at dma-write/cqe-1 amount 8000");
                            bus.flush(1, 1);
                            bus.interrupt(1);
                            bus.post(1, 1);
                            bus.quiet();
                        }),
                held(
                        "a queue that a fault spoilt is created again",
                        bus -> {
                            bus.oracles.submitted(1, 5, NvmOpcode.FLUSH, 0, 0);
                            bus.oracles.model().excuseSubmissionQueue(1);
                            bus.flush(1, 5);
                            bus.finish(1, 5);
                            bus.admin(
                                    AdminOpcode.DELETE_IO_SUBMISSION_QUEUE,
                                    entry -> DeleteQueue.queueId(entry, 1));
                            bus.pairs[1].tail = 0;
                            bus.pairs[1].head = 0;
                            bus.createSubmissionQueue(1, 1);
                            bus.oracles.submitted(1, 6, NvmOpcode.FLUSH, 0, 0);
                            bus.flush(1, 6);
                        }),
                held(
                        "an answer that was changed",
                        bus -> {
                            bus.oracles.spoiltArrives();
                            bus.read(Registers.CSTS, 4, 0);
                        }),
                broken(
                        "the next answer is wrong by itself",
                        "I17",
                        bus -> {
                            bus.oracles.spoiltArrives();
                            bus.read(Registers.CSTS, 4, 0);
                            bus.read(Registers.CSTS, 4, 0);
                        }),
                broken(
                        "a host that rings after an answer made the device seem gone",
                        "I19",
                        bus -> {
                            bus.oracles.spoiltArrives();
                            bus.read(Registers.CSTS, 4, 0xFFFF_FFFFL);
                            putAndRing(bus, 1, 1);
                        }),
                held(
                        "an actor that a fault fails, and one that cannot go on without it",
                        bus -> {
                            IllegalStateException cause = new IllegalStateException("by a fault");
                            strike(bus, "crash at actor/submission-queue-1");
                            bus.oracles.actorFailed("/user/device/submission-queue-1", cause);
                            bus.oracles.actorFailed(
                                    "/user/device", new IllegalStateException("lost", cause));
                        }),
                broken(
                        "another actor fails by itself",
                        "I24",
                        bus -> {
                            strike(bus, "crash at actor/submission-queue-1");
                            bus.oracles.actorFailed("one", new IllegalStateException("by a fault"));
                            bus.oracles.actorFailed("two", new IllegalStateException("by itself"));
                        }));
    }

    @TestFactory
    Stream<DynamicTest> fault_excusesWhatItExplains() {
        return plays().map(play -> DynamicTest.dynamicTest(play.what(), () -> perform(play)));
    }

    private static void perform(Play play) {
        ScriptedBus bus = new ScriptedBus().start();
        play.script().accept(bus);
        Violation violation = bus.oracles.violation();
        assertThat(violation == null ? "" : violation.id()).isEqualTo(play.brokenLaw());
    }
}
