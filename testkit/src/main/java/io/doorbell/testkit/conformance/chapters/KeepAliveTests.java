package io.doorbell.testkit.conformance.chapters;

import io.doorbell.spec.AdminOpcode;
import io.doorbell.spec.Registers;
import io.doorbell.spec.Status;
import io.doorbell.spec.feature.FeatureId;
import io.doorbell.spec.log.LogPageId;
import io.doorbell.testkit.conformance.Bench;
import io.doorbell.testkit.conformance.Chapter;
import io.doorbell.testkit.conformance.Clause;
import io.doorbell.testkit.conformance.DeviceShape;
import io.doorbell.testkit.conformance.NotApplicable;
import io.doorbell.testkit.host.Command;
import io.doorbell.testkit.host.Commands;
import io.doorbell.testkit.host.Expect;
import io.doorbell.testkit.host.Host;

/** Keep Alive: a host that is gone is noticed, and one that is not is left alone (Base §3.9). */
@Chapter("Keep Alive")
final class KeepAliveTests {
    private static final long MILLI = 1_000_000;
    private static final int TIMEOUT_MILLIS = 2_000;
    private static final String EXACT = "milliseconds before a timeout count";

    private static Host watched(Bench bench) {
        Host host = bench.start(DeviceShape.DEFAULT.withKeepAliveUnits(10));
        NotApplicable.unless(host.admin(keepAlive()).status() == Status.SUCCESS, "no Keep Alive");
        setTimeout(host, TIMEOUT_MILLIS);
        return host;
    }

    private static Command keepAlive() {
        return Command.of(AdminOpcode.KEEP_ALIVE);
    }

    private static void setTimeout(Host host, int millis) {
        host.adminOk(Commands.setFeature(FeatureId.KEEP_ALIVE_TIMER, millis));
    }

    @Clause(
            value = "Base §5.18",
            otherwise = "A host finds a command that the controller says it does not have.")
    void command_isUnknownWithKasZero(Bench bench) {
        Host host = bench.start(DeviceShape.DEFAULT.withKeepAliveUnits(0));
        Expect.refused(host.admin(keepAlive()), Status.INVALID_COMMAND_OPCODE);
    }

    @Clause(value = "Base §3.9", otherwise = "A controller goes on for a host that is dead.")
    void silence_endsInFatalStatus(Bench bench) {
        Host host = watched(bench);
        VirtualTime.needed(host, EXACT);
        host.elapse((TIMEOUT_MILLIS - 1) * MILLI);
        Expect.that("the controller still runs", !host.isFatal());
        host.elapse(1_000 * MILLI);
        Expect.that("CSTS.CFS is 1", host.isFatal());
    }

    @Clause(value = "Base §3.9", otherwise = "A host that says it is there is reset all the same.")
    void command_restartsTheTimer(Bench bench) {
        Host host = watched(bench);
        VirtualTime.needed(host, EXACT);
        for (int i = 0; i < 5; i++) {
            host.elapse((TIMEOUT_MILLIS - 10) * MILLI);
            host.adminOk(keepAlive());
        }
        Expect.that("the controller runs", host.isReady() && !host.isFatal());
    }

    @Clause(
            value = "Base §3.9.3.1",
            otherwise =
                    "A host that only reads keeps a controller alive that does not count reads.")
    void otherCommands_doNotRestartTheTimer(Bench bench) {
        Host host = watched(bench);
        VirtualTime.needed(host, EXACT);
        host.elapse((TIMEOUT_MILLIS - 10) * MILLI);
        host.adminOk(Commands.getFeature(FeatureId.ARBITRATION));
        host.elapse(1_000 * MILLI);
        Expect.that("CSTS.CFS is 1", host.isFatal());
    }

    @Clause(
            value = "Base §5.27.1.15",
            otherwise = "A host that switches the timer off is reset by it.")
    void timeoutOfZero_watchesNobody(Bench bench) {
        Host host = watched(bench);
        setTimeout(host, 0);
        host.elapse(10L * TIMEOUT_MILLIS * MILLI);
        Expect.that("the controller runs", host.isReady() && !host.isFatal());
    }

    @Clause(value = "Base §3.9", otherwise = "A shutdown that takes long is broken off.")
    void shutdown_stopsTheTimer(Bench bench) {
        Host host = watched(bench);
        host.write32(Registers.CC, host.cc() | 1 << 14);
        host.elapse(10L * TIMEOUT_MILLIS * MILLI);
        Expect.that("CSTS.CFS is 0", !host.isFatal());
    }

    @Clause(value = "Base §3.9", otherwise = "A dead host's commands are executed after all.")
    void afterSilence_nothingIsProcessed(Bench bench) {
        Host host = watched(bench);
        host.elapse(3L * TIMEOUT_MILLIS * MILLI);
        Expect.that("CSTS.CFS is 1", host.isFatal());
        host.adminQueue().submit(keepAlive());
        host.adminQueue().expectNoCompletion(1_000 * MILLI);
    }

    @Clause(
            value = "Base §3.9",
            otherwise = "A controller that lost its host is lost for every other.")
    void afterSilence_aResetHelpsAndTheTimerIsOff(Bench bench) {
        Host host = watched(bench);
        host.elapse(3L * TIMEOUT_MILLIS * MILLI);
        host.restart();
        Expect.equal(
                "KATO", host.adminOk(Commands.getFeature(FeatureId.KEEP_ALIVE_TIMER)).dw0(), 0);
        host.elapse(3L * TIMEOUT_MILLIS * MILLI);
        Expect.that("the controller runs", host.isReady() && !host.isFatal());
        long page = host.memory().pages(1);
        host.adminOk(Commands.getLogPage(LogPageId.ERROR_INFORMATION, 64, page));
    }
}
