package io.doorbell.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.spec.Registers;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.concurrent.atomic.AtomicLong;

/** The memory of a queue goes away while the controller runs: CSTS.CFS (Base §9.5). */
class QueueMemoryTest {
    /** Whose memory. */
    enum Victim {
        ADMIN_SUBMISSION,
        ADMIN_COMPLETION,
        IO_SUBMISSION,
        IO_COMPLETION
    }

    private final AtomicLong vanished = VanishingMemory.nothing();
    private final TestHost host =
            TestHost.machine().device(memory -> new VanishingMemory(memory, vanished)).start();

    @AfterEach
    void close() {
        host.close();
    }

    @ParameterizedTest
    @EnumSource
    void queueMemoryGone_isFatalUntilTheHostResets(Victim victim) {
        host.enable();
        TestQueue queue = host.createQueuePair(1, 16);
        TestQueue other = host.createQueuePair(2, 16);
        TestHost.assertSuccess(host.run(queue, IoCommand::flush));
        vanished.set(address(victim, queue));
        host.submit(isAdmin(victim) ? host.admin() : queue, IoCommand::flush);
        host.awaitFatal();
        VanishingMemory.comeBack(vanished);
        host.drainInterrupts(other.vector);
        host.submit(other, IoCommand::flush);
        host.fence();
        assertThat(other.poll()).as("completion of a fatal controller").isNull();
        assertThat(host.drainInterrupts(other.vector)).isZero();
        host.writeRegister32(Registers.CC, 0);
        host.awaitStatus("idle", status -> status == 0);
        host.enableAgain();
        TestHost.assertSuccess(host.run(host.createQueuePair(1, 16), IoCommand::flush));
    }

    /** A queue that is not used does not miss its memory; the others go on. */
    @ParameterizedTest
    @EnumSource(names = {"IO_SUBMISSION", "IO_COMPLETION"})
    void idleQueueMemoryGone_harmsNobodyElse(Victim victim) {
        host.enable();
        TestQueue queue = host.createQueuePair(1, 16);
        TestQueue other = host.createQueuePair(2, 16);
        vanished.set(address(victim, queue));
        for (int i = 0; i < 40; i++) {
            TestHost.assertSuccess(host.run(other, IoCommand::flush));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ADMIN_SUBMISSION", "ADMIN_COMPLETION"})
    void enabledWhileTheMemoryIsGone_isFatalUntilItIsBack(Victim victim) {
        host.plugIn();
        host.programAdminQueues();
        vanished.set(address(victim, host.admin()));
        host.writeRegister32(Registers.CC, TestHost.ENABLE);
        host.awaitFatal();
        host.writeRegister32(Registers.CC, 0);
        host.awaitStatus("idle", status -> status == 0);
        VanishingMemory.comeBack(vanished);
        host.writeRegister32(Registers.CC, TestHost.ENABLE);
        host.awaitReady(true);
        TestHost.assertSuccess(host.run(host.createQueuePair(1, 16), IoCommand::flush));
    }

    private long address(Victim victim, TestQueue queue) {
        return switch (victim) {
            case ADMIN_SUBMISSION -> host.admin().submissionBase;
            case ADMIN_COMPLETION -> host.admin().completionBase;
            case IO_SUBMISSION -> queue.submissionBase;
            case IO_COMPLETION -> queue.completionBase;
        };
    }

    private static boolean isAdmin(Victim victim) {
        return victim == Victim.ADMIN_SUBMISSION || victim == Victim.ADMIN_COMPLETION;
    }
}
