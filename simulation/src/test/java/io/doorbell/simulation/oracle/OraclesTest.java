package io.doorbell.simulation.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.spec.AdminOpcode;
import io.doorbell.spec.CompletionEntry;
import io.doorbell.spec.Doorbells;
import io.doorbell.spec.NvmOpcode;
import io.doorbell.spec.Registers;
import io.doorbell.spec.Status;
import io.doorbell.spec.command.Abort;
import io.doorbell.spec.command.CreateSubmissionQueue;
import io.doorbell.spec.command.DeleteQueue;
import io.doorbell.spec.command.SetFeatures;
import io.doorbell.spec.feature.FeatureId;
import io.doorbell.spec.log.AsynchronousEvent;
import io.doorbell.spec.pci.ConfigurationHeader;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.lang.foreign.ValueLayout;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Each law is silent when it is kept, and names what broke it. */
class OraclesTest {
    private static final int READ = NvmOpcode.READ;
    private static final int WRITE = NvmOpcode.WRITE;
    private static final long DATA = ScriptedBus.DATA;

    private record Play(String id, String what, Consumer<ScriptedBus> script) {}

    private static Play right(String what, Consumer<ScriptedBus> script) {
        return new Play("", what, script);
    }

    private static Play wrong(String id, String what, Consumer<ScriptedBus> script) {
        return new Play(id, what, script);
    }

    private static void read(ScriptedBus bus, int commandId, long page) {
        bus.transfer(1, READ, commandId, page, 0);
        bus.stored(page, 4096);
    }

    private static void eventRequest(ScriptedBus bus, int commandId) {
        bus.submit(0, AdminOpcode.ASYNCHRONOUS_EVENT_REQUEST, commandId, _ -> {});
    }

    private static void abort(ScriptedBus bus, int commandId, int target) {
        bus.oracles.abortMeant(1, target);
        abortUnmeant(bus, commandId, target);
    }

    private static void abortUnmeant(ScriptedBus bus, int commandId, int target) {
        bus.submit(
                0,
                AdminOpcode.ABORT,
                commandId,
                entry -> {
                    Abort.queueId(entry, 1);
                    Abort.commandId(entry, target);
                });
    }

    private static void coalesce(ScriptedBus bus, int value) {
        bus.admin(
                AdminOpcode.SET_FEATURES,
                entry -> {
                    SetFeatures.featureId(entry, FeatureId.INTERRUPT_COALESCING);
                    SetFeatures.value(entry, value);
                });
    }

    private static Stream<Play> keptLaws() {
        return Stream.of(
                right(
                        "two messages behind two entries",
                        bus -> {
                            bus.flush(1, 1);
                            bus.flush(1, 2);
                            bus.post(1, 1);
                            bus.post(1, 2);
                            bus.interrupt(1);
                            bus.interrupt(1);
                            bus.consume(1);
                        }),
                right(
                        "a message that a mask held back, long after its entry",
                        bus -> {
                            bus.write(ScriptedBus.MASK_OF_1, 4, 1);
                            bus.flush(1, 1);
                            bus.post(1, 1);
                            bus.consume(1);
                            bus.quiet();
                            bus.write(ScriptedBus.MASK_OF_1, 4, 0);
                            bus.interrupt(1);
                        }),
                right(
                        "a queue deleted twice, by two parts of the host",
                        bus -> {
                            bus.admin(
                                    AdminOpcode.DELETE_IO_SUBMISSION_QUEUE,
                                    entry -> DeleteQueue.queueId(entry, 1));
                            bus.oracles.queueMissing(true, 1);
                        }),
                right(
                        "the tail of a queue that is created again",
                        bus -> {
                            bus.flush(1, 1);
                            bus.finish(1, 1);
                            bus.admin(
                                    AdminOpcode.DELETE_IO_SUBMISSION_QUEUE,
                                    entry -> DeleteQueue.queueId(entry, 1));
                            bus.admin(
                                    AdminOpcode.DELETE_IO_COMPLETION_QUEUE,
                                    entry -> DeleteQueue.queueId(entry, 1));
                            bus.createPair(1);
                            bus.flush(1, 1);
                            bus.finish(1, 1);
                        }),
                right(
                        "many commands, three laps",
                        bus -> {
                            for (int i = 0; i < 3 * ScriptedBus.ENTRIES; i++) {
                                bus.flush(1, i);
                                bus.finish(1, i);
                            }
                        }),
                right(
                        "a read and a write, each of one page",
                        bus -> {
                            read(bus, 1, DATA);
                            bus.finish(1, 1);
                            bus.transfer(1, WRITE, 2, DATA, 0);
                            bus.loaded(DATA, 4096);
                            bus.finish(1, 2);
                        }),
                right(
                        "a read across two pages, stored in pieces",
                        bus -> {
                            bus.submit(
                                    1,
                                    READ,
                                    1,
                                    entry -> entry.prp1(DATA + 512).prp2(DATA + 8192).cdw12(7));
                            bus.stored(DATA + 512, 3584);
                            bus.stored(DATA + 8192, 512);
                            bus.finish(1, 1);
                        }),
                right(
                        "a read through a PRP list",
                        bus -> {
                            bus.store(DATA + 0x1FF0, DATA + 0x3000);
                            bus.store(DATA + 0x1FF8, DATA + 0x5000);
                            bus.submit(
                                    1,
                                    READ,
                                    1,
                                    entry -> entry.prp1(DATA).prp2(DATA + 0x1FF0).cdw12(23));
                            bus.loaded(DATA + 0x1FF0, 16);
                            bus.stored(DATA, 4096);
                            bus.stored(DATA + 0x3000, 4096);
                            bus.stored(DATA + 0x5000, 4096);
                            bus.finish(1, 1);
                        }),
                right(
                        "a reset with commands outstanding, and a new epoch",
                        bus -> {
                            bus.transfer(1, READ, 1, DATA, 0);
                            bus.write(Registers.CC, 4, ScriptedBus.CC & ~1);
                            bus.stored(DATA, 4096); // it may still be at it
                            bus.read(Registers.CSTS, 4, 0);
                            bus.enable();
                            bus.createPair(1);
                            bus.flush(1, 1);
                            bus.finish(1, 1);
                        }),
                right(
                        "a command fetched between CC.EN = 0 and CSTS.RDY = 0",
                        bus -> {
                            bus.put(1, READ, 1, entry -> entry.prp1(DATA));
                            bus.write(Registers.CC, 4, ScriptedBus.CC & ~1);
                            bus.fetch(1);
                            bus.stored(DATA, 512);
                            bus.read(Registers.CSTS, 4, 0);
                        }),
                right(
                        "a full completion queue, then room",
                        bus -> {
                            for (int i = 0; i < ScriptedBus.ENTRIES - 1; i++) {
                                bus.flush(1, i);
                                bus.post(1, i);
                            }
                            bus.flush(1, 50);
                            bus.interrupt(1);
                            bus.quiet();
                            bus.consume(1);
                            bus.finish(1, 50);
                        }),
                right(
                        "an abort that finds its command",
                        bus -> {
                            bus.flush(1, 7);
                            abort(bus, 9, 7);
                            bus.post(1, 7, Status.COMMAND_ABORT_REQUESTED, 0);
                            bus.interrupt(1);
                            bus.post(0, 9, 0, Abort.RESULT_ABORTED);
                            bus.interrupt(0);
                        }),
                right(
                        "a coalesced interrupt whose time has not come",
                        bus -> {
                            coalesce(bus, 0x0104); // 100 µs, 5 entries
                            bus.flush(1, 1);
                            bus.post(1, 1);
                            bus.oracles.quiet(bus.nanos + 100_000);
                            bus.interrupt(1);
                        }),
                right(
                        "a threshold passed over when the device may just have lost the bus",
                        bus -> {
                            coalesce(bus, 0xFF01);
                            bus.oracles.configWriteIssued(
                                    ConfigurationHeader.COMMAND_OFFSET_BYTES, 2, 0);
                            for (int i = 0; i < 3; i++) {
                                bus.flush(1, i);
                                bus.post(1, i);
                            }
                            bus.oracles.quiet(bus.nanos + 1);
                            bus.oracles.configWritten(
                                    ConfigurationHeader.COMMAND_OFFSET_BYTES,
                                    2,
                                    ConfigurationHeader.COMMAND_MEMORY_SPACE);
                        }),
                right(
                        "a ring out of range, reported",
                        bus -> {
                            eventRequest(bus, 5);
                            bus.write(Doorbells.submissionTailOffset(1, 0), 4, 99);
                            bus.post(0, 5, 0, AsynchronousEvent.INVALID_DOORBELL_VALUE);
                            bus.interrupt(0);
                        }),
                right(
                        "a submission queue deleted with a command outstanding",
                        bus -> {
                            bus.flush(1, 1);
                            bus.admin(
                                    AdminOpcode.DELETE_IO_SUBMISSION_QUEUE,
                                    entry -> DeleteQueue.queueId(entry, 1));
                        }));
    }

    private static Stream<Play> brokenLaws() {
        return Stream.of(
                wrong(
                        "I01",
                        "completed twice",
                        bus -> {
                            bus.flush(1, 1);
                            bus.post(1, 1);
                            bus.post(1, 1);
                        }),
                wrong("I01", "never completed", bus -> bus.flush(1, 1)),
                wrong(
                        "I02",
                        "a completion of the last epoch",
                        bus -> {
                            bus.flush(1, 1);
                            bus.reset();
                            bus.enable();
                            bus.createPair(1);
                            bus.post(1, 1);
                        }),
                wrong(
                        "I02",
                        "data after a reset",
                        bus -> {
                            bus.transfer(1, READ, 1, DATA, 0);
                            bus.reset();
                            bus.stored(DATA, 512);
                        }),
                wrong(
                        "I04",
                        "between CC.EN = 0 and CSTS.RDY = 0, a page of no command",
                        bus -> {
                            bus.put(1, READ, 1, entry -> entry.prp1(DATA));
                            bus.write(Registers.CC, 4, ScriptedBus.CC & ~1);
                            bus.fetch(1);
                            bus.stored(DATA + 4096, 512);
                        }),
                wrong(
                        "I02",
                        "data of a command fetched before CSTS.RDY = 0, stored behind it",
                        bus -> {
                            bus.put(1, READ, 1, entry -> entry.prp1(DATA));
                            bus.write(Registers.CC, 4, ScriptedBus.CC & ~1);
                            bus.fetch(1);
                            bus.read(Registers.CSTS, 4, 0);
                            bus.stored(DATA, 512);
                        }),
                wrong(
                        "I02",
                        "an interrupt after a reset",
                        bus -> {
                            bus.reset();
                            bus.oracles.interruptSent(ScriptedBus.message(1));
                        }),
                wrong(
                        "I04",
                        "one byte too many",
                        bus -> {
                            bus.transfer(1, READ, 1, DATA, 0);
                            bus.stored(DATA, 4097);
                        }),
                wrong(
                        "I04",
                        "a store for a write",
                        bus -> {
                            bus.transfer(1, WRITE, 1, DATA, 0);
                            bus.stored(DATA, 4096);
                        }),
                wrong(
                        "I04",
                        "data after the completion",
                        bus -> {
                            read(bus, 1, DATA);
                            bus.finish(1, 1);
                            bus.stored(DATA, 512);
                        }),
                wrong(
                        "I04",
                        "a PRP list read too far",
                        bus -> {
                            bus.submit(
                                    1,
                                    READ,
                                    1,
                                    entry -> entry.prp1(DATA).prp2(DATA + 0x1FE0).cdw12(23));
                            bus.loaded(DATA + 0x1FE0, 32);
                        }),
                wrong(
                        "I05",
                        "a post to a full queue",
                        bus -> {
                            for (int i = 0; i < ScriptedBus.ENTRIES; i++) {
                                bus.flush(1, i);
                                bus.post(1, i);
                            }
                        }),
                wrong(
                        "I05",
                        "a slot left out",
                        bus -> {
                            bus.flush(1, 1);
                            bus.pairs[1].completionTail++;
                            bus.post(1, 1);
                        }),
                wrong(
                        "I06",
                        "the wrong phase",
                        bus -> {
                            bus.flush(1, 1);
                            bus.pairs[1].phase = false;
                            bus.post(1, 1);
                        }),
                wrong(
                        "I06",
                        "the phase before the rest",
                        bus -> {
                            bus.flush(1, 1);
                            long at = bus.pairs[1].completionBase();
                            bus.store(at + 8, CompletionEntry.highQword(1, 1, 1, 0, true));
                            bus.stored(at + 8, 8);
                        }),
                wrong(
                        "I07",
                        "a command that nobody submitted",
                        bus -> {
                            bus.flush(1, 1);
                            bus.post(1, 2);
                        }),
                wrong(
                        "I07",
                        "SQHD ahead of what was fetched",
                        bus -> {
                            bus.flush(1, 1);
                            bus.postOn(1, 1, 1, 0, 0, 3);
                        }),
                wrong(
                        "I07",
                        "the wrong completion queue",
                        bus -> {
                            bus.flush(1, 1);
                            bus.postOn(2, 1, 1, 0, 0, 1);
                        }),
                wrong(
                        "I07",
                        "a result where there is none",
                        bus -> {
                            bus.flush(1, 1);
                            bus.post(1, 1, 0, 0xDEAD);
                        }),
                wrong(
                        "I07",
                        "another command than the host submitted",
                        bus -> {
                            bus.oracles.submitted(1, 1, WRITE, 0, 8);
                            bus.transfer(1, WRITE, 1, DATA, 8);
                        }),
                wrong(
                        "I08",
                        "a read completed before its data",
                        bus -> {
                            bus.transfer(1, READ, 1, DATA, 0);
                            bus.stored(DATA, 512);
                            bus.post(1, 1);
                        }),
                wrong(
                        "I09",
                        "a fetch of what was not rung",
                        bus -> {
                            bus.put(1, 0, 1, _ -> {});
                            bus.fetch(1);
                        }),
                wrong(
                        "I09",
                        "no event for a ring out of range",
                        bus -> {
                            eventRequest(bus, 5);
                            bus.write(Doorbells.submissionTailOffset(1, 0), 4, 99);
                        }),
                wrong(
                        "I10",
                        "a ring that nobody hears",
                        bus -> {
                            bus.put(1, 0, 1, _ -> {});
                            bus.ring(1);
                        }),
                wrong(
                        "I11",
                        "room that nobody uses",
                        bus -> {
                            for (int i = 0; i < ScriptedBus.ENTRIES - 1; i++) {
                                bus.flush(1, i);
                                bus.post(1, i);
                            }
                            bus.flush(1, 50);
                            bus.interrupt(1);
                            bus.pairs[1].completionHead = 3;
                            bus.write(Doorbells.completionHeadOffset(1, 0), 4, 3);
                        }),
                wrong(
                        "I12",
                        "a completion without an interrupt",
                        bus -> {
                            bus.flush(1, 1);
                            bus.post(1, 1);
                        }),
                wrong(
                        "I12",
                        "an interrupt that is lost",
                        bus -> {
                            bus.flush(1, 1);
                            bus.post(1, 1);
                            bus.oracles.interruptSent(ScriptedBus.message(1));
                        }),
                wrong(
                        "I14",
                        "something not given back",
                        bus -> bus.oracles.addGauge("batches in use", () -> 1)),
                wrong(
                        "I16",
                        "a slot fetched out of turn",
                        bus -> {
                            bus.put(1, 0, 1, _ -> {});
                            bus.put(1, 0, 2, _ -> {});
                            bus.ring(1);
                            bus.pairs[1].head = 1;
                            bus.fetch(1);
                        }),
                wrong("I17", "ready no more", bus -> bus.read(Registers.CSTS, 4, 0)),
                wrong(
                        "I17",
                        "another ASQ than was written",
                        bus -> bus.read(Registers.ASQ, 8, 0x5000)),
                wrong(
                        "I17",
                        "ready while disabled",
                        bus -> {
                            bus.reset();
                            bus.read(Registers.CSTS, 4, 1);
                        }),
                wrong(
                        "I18",
                        "a reset that does not end",
                        bus -> {
                            bus.write(Registers.CC, 4, ScriptedBus.CC & ~1);
                            bus.nanos += 1_500_000_000;
                            bus.read(Registers.CSTS, 4, 1);
                        }),
                wrong(
                        "I21",
                        "a deleted queue that speaks",
                        bus -> {
                            bus.flush(1, 1);
                            bus.admin(
                                    AdminOpcode.DELETE_IO_SUBMISSION_QUEUE,
                                    entry -> DeleteQueue.queueId(entry, 1));
                            bus.post(1, 1);
                        }),
                wrong(
                        "I21",
                        "a completion queue deleted under its submission queue",
                        bus ->
                                bus.admin(
                                        AdminOpcode.DELETE_IO_COMPLETION_QUEUE,
                                        entry -> DeleteQueue.queueId(entry, 1))),
                wrong("I21", "a queue created twice", bus -> bus.createSubmissionQueue(1, 1)),
                wrong(
                        "I23",
                        "the pin asserted for nothing",
                        bus -> {
                            bus.oracles.configWritten(0x52, 2, 4);
                            bus.oracles.pinChanged(true);
                        }),
                wrong(
                        "I23",
                        "the pin asserted for nothing, before a host that looks again and again",
                        bus -> {
                            bus.oracles.configWritten(0x52, 2, 4);
                            bus.oracles.pinChanged(true);
                            for (int i = 0; i < 3; i++) {
                                bus.oracles.quiet(bus.nanos + 100);
                                bus.nanos += 600_000;
                            }
                            bus.oracles.pinChanged(false);
                        }),
                wrong(
                        "I21",
                        "a host that deletes a queue that was not created",
                        bus -> {
                            bus.admin(
                                    AdminOpcode.CREATE_IO_SUBMISSION_QUEUE,
                                    Status.INTERNAL_ERROR,
                                    0,
                                    entry -> CreateSubmissionQueue.queueId(entry, 3));
                            bus.oracles.queueMissing(true, 3);
                        }),
                wrong(
                        "I23",
                        "a message with nothing new",
                        bus -> {
                            bus.flush(1, 1);
                            bus.finish(1, 1);
                            bus.quiet();
                            bus.interrupt(1);
                        }),
                wrong(
                        "I23",
                        "a message of a queue that was never posted to",
                        bus -> bus.interrupt(2)),
                wrong(
                        "I24",
                        "an actor that fails",
                        bus -> bus.oracles.actorFailed("device/x", new RuntimeException("no"))),
                wrong(
                        "I25",
                        "a misaligned PRP that succeeds",
                        bus -> {
                            bus.transfer(1, WRITE, 1, DATA + 2, 0);
                            bus.post(1, 1);
                        }),
                wrong(
                        "I25",
                        "a write of half its data",
                        bus -> {
                            bus.transfer(1, WRITE, 1, DATA, 0);
                            bus.loaded(DATA, 2048);
                            bus.post(1, 1);
                        }),
                wrong(
                        "I26",
                        "one error told twice",
                        bus -> {
                            eventRequest(bus, 5);
                            eventRequest(bus, 6);
                            bus.post(0, 5, 0, AsynchronousEvent.INVALID_DOORBELL_VALUE);
                            bus.post(0, 6, 0, AsynchronousEvent.INVALID_DOORBELL_VALUE);
                        }),
                wrong(
                        "I26",
                        "a request refused too early",
                        bus -> {
                            eventRequest(bus, 5);
                            bus.post(0, 5, Status.ASYNCHRONOUS_EVENT_REQUEST_LIMIT_EXCEEDED, 0);
                        }),
                wrong(
                        "I26",
                        "a request for events taken for no command",
                        bus -> {
                            eventRequest(bus, 5);
                            bus.post(0, 5, Status.INVALID_COMMAND_OPCODE, 0);
                        }),
                wrong(
                        "I27",
                        "a coalesced interrupt that no timer brings",
                        bus -> {
                            coalesce(bus, 0x0104);
                            bus.flush(1, 1);
                            bus.post(1, 1);
                        }),
                wrong(
                        "I27",
                        "a threshold passed over",
                        bus -> {
                            coalesce(bus, 0xFF01);
                            for (int i = 0; i < 3; i++) {
                                bus.flush(1, i);
                                bus.post(1, i);
                            }
                            bus.oracles.quiet(bus.nanos + 1);
                        }),
                wrong(
                        "I28",
                        "success for a command that was not aborted",
                        bus -> {
                            bus.flush(1, 7);
                            abort(bus, 9, 7);
                            bus.post(0, 9, 0, Abort.RESULT_ABORTED);
                        }),
                wrong(
                        "I28",
                        "a command aborted that nobody wanted aborted",
                        bus -> {
                            bus.flush(1, 7);
                            bus.post(1, 7, Status.COMMAND_ABORT_REQUESTED, 0);
                        }),
                wrong(
                        "I28",
                        "an Abort of another command than the overdue one",
                        bus -> {
                            bus.flush(1, 7);
                            bus.oracles.abortMeant(1, 7);
                            abortUnmeant(bus, 9, 6);
                        }),
                wrong(
                        "I30",
                        "more than MDTS",
                        bus -> {
                            bus.submit(1, READ, 1, entry -> entry.prp1(DATA).cdw12(32));
                            bus.post(1, 1);
                        }),
                wrong(
                        "I15",
                        "an identifier used twice",
                        bus -> {
                            bus.flush(1, 1);
                            bus.flush(1, 1);
                        }),
                wrong(
                        "I09",
                        "a host that rings beyond the end",
                        bus -> bus.write(Doorbells.completionHeadOffset(1, 0), 4, 5)),
                wrong(
                        "I09",
                        "a host that rings a tail as it is",
                        bus -> {
                            bus.flush(1, 1);
                            bus.finish(1, 1);
                            bus.ring(1);
                        }),
                wrong("I09", "a host that rings the tail of a new queue", bus -> bus.ring(2)),
                wrong(
                        "I10",
                        "a host that puts a command into its queue, and does not ring",
                        bus -> {
                            bus.oracles.submitted(1, 1, 0, 0, 0);
                            bus.flush(1, 1);
                            bus.finish(1, 1);
                            bus.quiet();
                            bus.oracles.submitted(1, 2, 0, 0, 0);
                        }),
                wrong(
                        "I25",
                        "a host that leaves something in PRP2",
                        bus ->
                                bus.submit(
                                        1,
                                        READ,
                                        1,
                                        entry -> entry.prp1(DATA).prp2(DATA + 4096).cdw12(7))),
                wrong(
                        "I04",
                        "an access without bus mastering",
                        bus -> {
                            bus.transfer(1, READ, 1, DATA, 0);
                            bus.oracles.configWritten(
                                    ConfigurationHeader.COMMAND_OFFSET_BYTES, 2, 2);
                            bus.stored(DATA, 512);
                        }),
                wrong(
                        "I19",
                        "a ring of a device that is gone",
                        bus -> {
                            bus.read(Registers.CSTS, 4, 0xFFFF_FFFFL);
                            bus.put(1, 0, 1, _ -> {});
                            bus.ring(1);
                        }),
                wrong(
                        "I20",
                        "a buffer used for two reads",
                        bus -> {
                            bus.transfer(1, READ, 1, DATA, 0);
                            bus.transfer(1, READ, 2, DATA, 8);
                        }),
                wrong(
                        "I20",
                        "a store into a buffer in use",
                        bus -> {
                            bus.transfer(1, WRITE, 1, DATA, 0);
                            bus.oracles.hostWrote(DATA + 100, 8);
                        }));
    }

    @TestFactory
    Stream<DynamicTest> laws() {
        return Stream.concat(keptLaws(), brokenLaws())
                .map(
                        play ->
                                DynamicTest.dynamicTest(
                                        play.id() + " " + play.what(), () -> perform(play)));
    }

    /** A host that is wild on purpose is not judged where the device is. */
    private static void perform(Play play) {
        boolean hostIsWild = play.what().contains("ring out of range");
        OracleSettings settings =
                hostIsWild ? ScriptedBus.SETTINGS.withoutHost() : ScriptedBus.SETTINGS;
        ScriptedBus bus = new ScriptedBus(settings, false).start();
        assertThat(bus.oracles.violation()).as("before").isNull();
        play.script().accept(bus);
        bus.quiet();
        Violation violation = bus.oracles.violation();
        if (play.id().isEmpty()) {
            assertThat(violation).isNull();
            return;
        }
        assertThat(violation).isNotNull();
        assertThat(violation.id()).as(violation.describe()).isEqualTo(play.id());
        assertThat(violation.expected()).isNotBlank();
        assertThat(violation.seen()).isNotBlank();
        assertThat(bus.oracles.lastEvents()).isNotEmpty();
    }

    @Test
    void excuse_isAsNarrowAsTheFault() {
        ScriptedBus bus = new ScriptedBus().start();
        bus.flush(1, 1);
        bus.post(1, 1);
        bus.oracles.model().excuseVector(1);
        bus.quiet();
        assertThat(bus.oracles.violation()).isNull();
        bus.flush(1, 2);
        bus.finish(1, 2); // its next message came
        bus.flush(1, 3);
        bus.post(1, 3);
        bus.quiet();
        Violation violation = bus.oracles.violation();
        assertThat(violation).isNotNull();
        assertThat(violation.id()).isEqualTo("I12");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void host_readsWhatItIsToldOf(boolean reads) {
        ScriptedBus bus = new ScriptedBus(OracleSettings.DEFAULT, false).start();
        bus.flush(1, 1);
        bus.post(1, 1);
        bus.interrupt(1);
        if (reads) {
            bus.oracles.completed(1, 1, 0);
        }
        bus.oracles.resetBegun();
        bus.quiet();
        assertThat(bus.oracles.violation()).as("who resets need not look").isNull();
        bus.oracles.resetEnded();
        bus.quiet();
        Violation violation = bus.oracles.violation();
        assertThat(violation == null ? "" : violation.id()).isEqualTo(reads ? "" : "I12");
    }

    @Test
    void fairness_countsWhatWentBefore() {
        ScriptedBus bus = new ScriptedBus(ScriptedBus.SETTINGS.withBypassMax(10), false).start();
        bus.put(2, 0, 1, _ -> {});
        bus.ring(2);
        for (int i = 0; i < 11; i++) {
            bus.flush(1, i);
            bus.finish(1, i);
        }
        bus.fetch(2);
        Violation violation = bus.oracles.violation();
        assertThat(violation).isNotNull();
        assertThat(violation.id()).isEqualTo("I22");
    }

    @Test
    void visibility_dataThenCompletionThenInterrupt() {
        ScriptedBus bus = new ScriptedBus(ScriptedBus.SETTINGS, true);
        bus.powerOn().enable();
        bus.submit(0, AdminOpcode.IDENTIFY, 1, entry -> entry.prp1(DATA).cdw10(1));
        bus.stored(DATA, 4096);
        bus.post(0, 1);
        long entry = bus.pairs[0].completionBase();
        bus.oracles.deviceWriteVisible(entry, 8);
        bus.oracles.deviceWriteVisible(entry + 8, 8);
        Violation violation = bus.oracles.violation();
        assertThat(violation).isNotNull();
        assertThat(violation.id()).isEqualTo("I08");
    }

    @Test
    void visibility_interruptThatOvertakes() {
        ScriptedBus bus = new ScriptedBus(ScriptedBus.SETTINGS, true);
        bus.powerOn().enable();
        bus.submit(0, AdminOpcode.IDENTIFY, 1, entry -> entry.prp1(DATA).cdw10(1));
        bus.stored(DATA, 4096);
        bus.oracles.deviceWriteVisible(DATA, 4096);
        bus.post(0, 1);
        bus.interrupt(0);
        Violation violation = bus.oracles.violation();
        assertThat(violation).isNotNull();
        assertThat(violation.id()).isEqualTo("I08");
    }

    /** Entries that can be seen behind one that cannot are not there yet for their host. */
    @Test
    void cancel_ofWhatCanBeSeenToHaveCompleted() {
        ScriptedBus bus = new ScriptedBus(OracleSettings.DEFAULT, true);
        bus.oracles.forgiveLaw("I08"); // nothing of the bring-up is said to be seen
        bus.start();
        for (int commandId = 1; commandId <= 3; commandId++) {
            bus.flush(1, commandId);
            bus.post(1, commandId);
        }
        long half = bus.pairs[1].completionBase() + 8;
        bus.oracles.deviceWriteVisible(half, 8);
        bus.oracles.completed(1, 1, 0);
        bus.oracles.deviceWriteVisible(half + 32, 8);
        bus.oracles.cancelled(1, 3);
        bus.oracles.cancelled(1, 1);
        assertThat(bus.oracles.violation()).isNull();

        bus.oracles.deviceWriteVisible(half + 16, 8);
        bus.oracles.cancelled(1, 3);

        Violation violation = bus.oracles.violation();
        assertThat(violation).isNotNull();
        assertThat(violation.id()).isEqualTo("I01");
        assertThat(violation.seen()).contains("cancelled");
    }

    private static void shadow(ScriptedBus bus) {
        bus.admin(
                AdminOpcode.DOORBELL_BUFFER_CONFIG,
                entry -> entry.prp1(DATA + 0x1_0000).prp2(DATA + 0x1_1000));
    }

    private static void publish(ScriptedBus bus, int doorbell, int value) {
        long at = DATA + 0x1_0000 + 4L * doorbell;
        bus.memory.set(ValueLayout.JAVA_INT_UNALIGNED, at, value);
        bus.oracles.hostWrote(at, 4);
    }

    private static void eventIndex(ScriptedBus bus, int doorbell, int value) {
        long at = DATA + 0x1_1000 + 4L * doorbell;
        bus.memory.set(ValueLayout.JAVA_INT_UNALIGNED, at, value);
        bus.stored(at, 4);
    }

    @Test
    void shadowTail_isFetched() {
        ScriptedBus bus = new ScriptedBus().start();
        shadow(bus);
        bus.put(1, 0, 1, _ -> {});
        publish(bus, 2, 1);
        bus.loaded(DATA + 0x1_0000 + 8, 4);
        bus.fetch(1);
        eventIndex(bus, 2, 1);
        bus.post(1, 1);
        bus.interrupt(1);
        publish(bus, 3, 1);
        bus.quiet();
        assertThat(bus.oracles.violation()).isNull();
        bus.put(1, 0, 2, _ -> {});
        publish(bus, 2, 2); // and nobody looks
        bus.quiet();
        Violation violation = bus.oracles.violation();
        assertThat(violation).isNotNull();
        assertThat(violation.id()).isEqualTo("I10");
    }

    @Test
    void eventIndex_isWhatWasSeen() {
        ScriptedBus bus = new ScriptedBus().start();
        shadow(bus);
        bus.put(1, 0, 1, _ -> {});
        publish(bus, 2, 1);
        bus.loaded(DATA + 0x1_0000 + 8, 4);
        bus.fetch(1);
        bus.post(1, 1);
        bus.interrupt(1);
        bus.quiet(); // EventIdx is 0 still: the next update need not ring
        Violation violation = bus.oracles.violation();
        assertThat(violation).isNotNull();
        assertThat(violation.id()).isEqualTo("I13");
    }

    @Test
    void firstViolation_isKept() {
        ScriptedBus bus = new ScriptedBus().start();
        bus.flush(1, 1);
        bus.post(1, 2);
        long events = bus.oracles.events();
        bus.post(1, 1);
        bus.post(1, 1);
        Violation violation = bus.oracles.violation();
        assertThat(violation).isNotNull();
        assertThat(violation.id()).isEqualTo("I07");
        assertThat(bus.oracles.events()).isEqualTo(events);
    }

    @Test
    void laws_arePlainAndHaveClauses() {
        assertThat(new ScriptedBus().oracles.laws())
                .allSatisfy(
                        law -> {
                            assertThat(law.id()).matches("I\\d\\d");
                            assertThat(law.law()).endsWith(".").hasSizeGreaterThan(40);
                            assertThat(law.clause()).contains("§");
                        })
                .extracting(Oracle::id)
                .contains("I01", "I02", "I03", "I04", "I05", "I06", "I07", "I08", "I09", "I10")
                .contains("I11", "I12", "I13", "I14", "I15", "I16", "I17", "I18", "I19", "I20")
                .contains("I21", "I22", "I23", "I24", "I25", "I26", "I27", "I28", "I30");
    }
}
