package io.doorbell.testkit.conformance.chapters;

import io.doorbell.spec.ControllerConfiguration;
import io.doorbell.spec.ControllerStatus;
import io.doorbell.spec.Registers;
import io.doorbell.testkit.conformance.Chapter;
import io.doorbell.testkit.conformance.Clause;
import io.doorbell.testkit.conformance.Level;
import io.doorbell.testkit.host.Commands;
import io.doorbell.testkit.host.Expect;
import io.doorbell.testkit.host.Host;
import io.doorbell.testkit.host.HostQueue;

/** CC.SHN and CSTS.SHST (Base §3.6.1). Each value is one of SHN. */
@Chapter("Registers and life cycle")
final class ShutdownTests {
    private static final int NORMAL = ControllerConfiguration.SHUTDOWN_NORMAL;
    private static final int ABRUPT = ControllerConfiguration.SHUTDOWN_ABRUPT;
    private static final int COMPLETE = ControllerStatus.SHUTDOWN_COMPLETE;
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final int BLOCK_BYTES = 512;

    @Clause(
            value = "Base §3.6.1",
            otherwise = "A driver waits for the end of the shutdown in vain.",
            values = {NORMAL, ABRUPT})
    void shutdown_completesAndStaysReady(Host host, long notification) {
        host.start();
        write(host, Host.CC_ENABLE, notification);
        expectComplete(host);
        Expect.equal("CSTS", host.csts(), 0b1001);
        Expect.equal("CC", host.cc(), Host.CC_ENABLE | notification << 14);
    }

    @Clause(
            value = "Base §3.1.3.5",
            otherwise = "A driver that starts the controller again takes it for shut down.",
            values = {NORMAL, ABRUPT})
    void reset_endsTheShutdown(Host host, long notification) {
        host.start();
        write(host, Host.CC_ENABLE, notification);
        expectComplete(host);
        host.write32(Registers.CC, 0);
        host.expect("CSTS is 0", () -> host.csts() == 0);
        host.forgetQueues();
        host.start().adminOk(Commands.getFeature(7));
        Expect.equal("CSTS", host.csts(), 1);
    }

    @Clause(
            value = "Base §3.6.1",
            level = Level.MAY,
            otherwise =
                    "A driver that clears SHN sees a controller that takes commands and is not safe.",
            values = {NORMAL, ABRUPT})
    void notificationCleared_keepsTheStatus(Host host, long notification) {
        host.start();
        write(host, Host.CC_ENABLE, notification);
        expectComplete(host);
        host.write32(Registers.CC, Host.CC_ENABLE);
        host.elapse(SECOND_NANOS);
        Expect.equal("CSTS.SHST", ControllerStatus.shutdownStatus(host.csts()), COMPLETE);
    }

    @Clause(
            value = "Base §3.1.3.5",
            otherwise = "A driver that shuts down and disables in one write loses one of the two.",
            values = {NORMAL, ABRUPT})
    void shutdownTogetherWithReset_isBoth(Host host, long notification) {
        host.start();
        write(host, Host.CC_ENABLE & ~1, notification);
        host.expect("CSTS.RDY is 0", () -> !host.isReady());
        expectComplete(host);
    }

    @Clause(
            value = "Base §3.6.1",
            otherwise = "A driver that never enabled the controller cannot shut it down.",
            values = {NORMAL, ABRUPT})
    void shutdownWhileDisabled_completes(Host host, long notification) {
        host.enableFunction();
        write(host, 0, notification);
        expectComplete(host);
        Expect.that("CSTS.RDY stays 0", !host.isReady());
    }

    @Clause(
            value = "Base §3.6.1",
            otherwise =
                    "A driver that enables after a shutdown takes the controller for shut down.",
            values = {NORMAL, ABRUPT})
    void enableWithNotificationCleared_endsAShutdownWhileDisabled(Host host, long notification) {
        host.enableFunction();
        write(host, 0, notification);
        expectComplete(host);
        host.start();
        Expect.equal("CSTS", host.csts(), 1);
        host.adminOk(Commands.getFeature(7));
    }

    @Clause(
            value = "Base §3.6.1",
            otherwise = "A driver that has shut down gets a completion it no longer expects.",
            values = {NORMAL, ABRUPT})
    void eventRequests_areNotCompletedByAShutdown(Host host, long notification) {
        host.start();
        host.requestEvent();
        write(host, Host.CC_ENABLE, notification);
        expectComplete(host);
        host.adminQueue().expectNoCompletion(SECOND_NANOS);
    }

    @Clause(
            value = "Base §3.6.1",
            otherwise = "A machine that was switched off properly has lost data.",
            values = {NORMAL, ABRUPT})
    void dataCompletedBeforeTheShutdown_isThereAfterwards(Host host, long notification) {
        HostQueue queue = host.start().createPair(1, 16);
        long page = host.memory().pages(1);
        byte[] written = host.memory().fillRandom(page, BLOCK_BYTES, notification);
        Expect.success(queue.run(Commands.write(1, 7, 1, page)));
        write(host, Host.CC_ENABLE, notification);
        expectComplete(host);
        host.disable();
        HostQueue again = host.start().createPair(1, 16);
        long target = host.memory().pages(1);
        Expect.success(again.run(Commands.read(1, 7, 1, target)));
        Expect.that(
                "the block reads as written",
                java.util.Arrays.equals(host.memory().bytes(target, BLOCK_BYTES), written));
    }

    @Clause(
            value = "Base §3.6.1",
            otherwise = "A driver that resets during a shutdown is stuck.",
            values = {NORMAL, ABRUPT})
    void resetDuringAShutdown_canBeEnabledAgain(Host host, long notification) {
        host.start();
        write(host, Host.CC_ENABLE, notification);
        host.disable();
        host.start().adminOk(Commands.getFeature(7));
    }

    @Clause(
            value = "Base §3.1.3.6",
            otherwise = "A driver takes a controller shutdown for one of the whole subsystem.",
            values = {NORMAL, ABRUPT})
    void shutdownType_isThatOfAController(Host host, long notification) {
        host.start();
        write(host, Host.CC_ENABLE, notification);
        expectComplete(host);
        Expect.equal("CSTS.ST", ControllerStatus.shutdownType(host.csts()), 0);
    }

    private static void write(Host host, int configuration, long notification) {
        host.write32(
                Registers.CC,
                ControllerConfiguration.withShutdownNotification(
                        configuration, (int) notification));
    }

    private static void expectComplete(Host host) {
        host.expect(
                "CSTS.SHST is 10b", () -> ControllerStatus.shutdownStatus(host.csts()) == COMPLETE);
    }
}
