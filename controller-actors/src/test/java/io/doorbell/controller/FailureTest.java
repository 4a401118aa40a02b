package io.doorbell.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.spec.ControllerConfiguration;
import io.doorbell.spec.ControllerStatus;
import io.doorbell.spec.Registers;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Something below the controller breaks, or takes its time while the host resets. */
class FailureTest {

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void storeThrows_isFatalUntilTheHostResets(boolean mayBlock) {
        FaultyStore store = new FaultyStore(mayBlock);
        try (TestHost host = TestHost.machine().reactors(2).store(store).start()) {
            host.enable();
            TestQueue queue = host.createQueuePair(2, 16);
            TestQueue other = host.createQueuePair(1, 16);
            TestHost.assertSuccess(host.run(queue, IoCommand::flush));
            store.fail(true);
            host.submit(queue, IoCommand::flush);
            host.awaitFatal();
            store.fail(false);
            assertNothingIsProcessed(host, other);
            assertComesBack(host);
        }
    }

    /** A fatal controller ignores doorbells: it neither posts nor interrupts. */
    private static void assertNothingIsProcessed(TestHost host, TestQueue queue) {
        host.drainInterrupts(queue.vector);
        host.submit(queue, IoCommand::flush);
        host.submit(host.admin(), IoCommand::flush);
        host.fence();
        assertThat(queue.poll()).isNull();
        assertThat(host.admin().poll()).isNull();
        assertThat(host.drainInterrupts(queue.vector)).isZero();
    }

    private static void assertComesBack(TestHost host) {
        host.writeRegister32(Registers.CC, 0);
        host.awaitStatus("idle", status -> status == 0);
        host.enableAgain();
        TestQueue queue = host.createQueuePair(2, 16);
        TestHost.assertSuccess(host.run(queue, IoCommand::flush));
    }

    @Test
    void resetWhileACommandWaitsForTheDisk_isDoneOnlyWhenTheCommandIs() throws Exception {
        FaultyStore store = new FaultyStore(true);
        try (TestHost host = TestHost.machine().store(store).start()) {
            host.enable();
            TestQueue queue = host.createQueuePair(1, 16);
            store.waitForPermits();
            host.submit(queue, IoCommand.read(0, 1, host.memory().pages(1), 0));
            store.awaitEntered();
            host.writeRegister32(Registers.CC, 0);
            for (int read = 0; read < 100; read++) {
                assertThat(ControllerStatus.ready(host.status())).isTrue();
            }
            store.permit(1);
            host.awaitReady(false);
            assertThat(queue.poll()).as("completion of an aborted command").isNull();
            store.permit(1000);
            host.enableAgain();
        }
    }

    @Test
    void flushOfAnEarlierLife_doesNotCompleteALaterShutdown() throws Exception {
        FaultyStore store = new FaultyStore(true);
        try (TestHost host = TestHost.machine().store(store).start()) {
            host.enable();
            store.waitForPermits();
            shutDown(host);
            store.awaitEntered();
            host.disable();
            host.enableAgain();
            shutDown(host);
            host.fence();
            store.permit(1);
            for (int read = 0; read < 200; read++) {
                assertThat(ControllerStatus.shutdownStatus(host.status()))
                        .isEqualTo(ControllerStatus.SHUTDOWN_IN_PROGRESS);
            }
            store.permit(1);
            host.awaitShutdown(ControllerStatus.SHUTDOWN_COMPLETE);
        }
    }

    private static void shutDown(TestHost host) {
        host.writeRegister32(
                Registers.CC,
                ControllerConfiguration.withShutdownNotification(
                        TestHost.ENABLE, ControllerConfiguration.SHUTDOWN_NORMAL));
        host.awaitStatus(
                "SHST=01b",
                status ->
                        ControllerStatus.shutdownStatus(status)
                                == ControllerStatus.SHUTDOWN_IN_PROGRESS);
    }
}
