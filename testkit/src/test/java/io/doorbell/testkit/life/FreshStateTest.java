package io.doorbell.testkit.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.spec.Registers;
import io.doorbell.spec.feature.FeatureId;
import io.doorbell.testkit.host.Commands;
import io.doorbell.testkit.host.Host;
import io.doorbell.testkit.host.HostQueue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.List;

/**
 * After a reset the whole state of a controller is that of a new one, value by value, except for
 * what the specification keeps and what nobody can tell.
 */
class FreshStateTest {
    /** What the specification keeps, in every reset. */
    private static final List<String> KEPT =
            List.of(
                    "ErrorLog.errorCount", // Base §5.16.1.2
                    "Namespace.states"); // Base §3.7.2: the data of completed writes

    /** What a controller reset keeps besides (Base §3.7.2). */
    private static final List<String> KEPT_BY_CONTROLLER_RESET =
            List.of(
                    "ControllerRegisters.queueAttributes",
                    "ControllerRegisters.submissionBase",
                    "ControllerRegisters.completionBase");

    /** What no host can see. */
    private static final List<String> UNSEEN =
            List.of(
                    "Controller.epochNumber", // a name
                    "Controller.resetKind", // read only while a reset is going on
                    "TimestampFeature.setAtNanos", // the moment of the reset
                    "Shutdown.number"); // tells one flush from another

    /** Cleared when the next epoch begins, and read by nobody before. */
    private static final String ERROR_ENTRIES = "ErrorLog.entries";

    @ParameterizedTest
    @EnumSource
    void stateAfterReset_isThatOfANewController(Means means) {
        List<String> ignored = ignored(means);
        ignored.add(ERROR_ENTRIES);
        try (LifeRig fresh = new LifeRig();
                LifeRig used = new LifeRig()) {
            List<String> expected = stateOfNew(fresh, means, ignored);
            work(used);
            means.reset(used.host);
            assertThat(StateText.difference(used.state(ignored), expected)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void stateEnabledAgain_isThatOfANewControllerEnabled(Means means) {
        List<String> ignored = ignored(means);
        try (LifeRig fresh = new LifeRig();
                LifeRig used = new LifeRig()) {
            fresh.host.start();
            List<String> expected = fresh.state(ignored);
            work(used);
            int sizes = used.host.read32(Registers.AQA);
            long submission = used.host.read64(Registers.ASQ);
            long completion = used.host.read64(Registers.ACQ);
            means.reset(used.host);
            used.host.enableMsix();
            used.host.write32(Registers.AQA, sizes);
            used.host.write64(Registers.ASQ, submission);
            used.host.write64(Registers.ACQ, completion);
            used.host.enable(Host.CC_ENABLE);
            assertThat(
                            StateText.difference(
                                    withoutMessages(used.state(ignored)),
                                    withoutMessages(expected)))
                    .isEmpty();
        }
    }

    /** The comparison can fail: what a controller reset keeps differs if it is not left out. */
    @Test
    void keptRegisters_areSeenToDiffer() {
        try (LifeRig fresh = new LifeRig();
                LifeRig used = new LifeRig()) {
            List<String> ignored = ignored(Means.FUNCTION);
            ignored.add(ERROR_ENTRIES);
            List<String> expected = stateOfNew(fresh, Means.CONTROLLER, ignored);
            work(used);
            Means.CONTROLLER.reset(used.host);
            assertThat(StateText.difference(used.state(ignored), expected))
                    .hasSize(6) // three lines of each
                    .allMatch(line -> line.contains(".registers."));
        }
    }

    private static List<String> ignored(Means means) {
        List<String> ignored = new ArrayList<>(KEPT);
        ignored.addAll(UNSEEN);
        if (means == Means.CONTROLLER) {
            ignored.addAll(KEPT_BY_CONTROLLER_RESET);
        }
        return ignored;
    }

    /** A new controller whose PCI function is as the reset leaves it. */
    private static List<String> stateOfNew(LifeRig rig, Means means, List<String> ignored) {
        rig.host.enableFunction();
        if (means == Means.CONTROLLER) {
            rig.host.enableMsix(); // a controller reset leaves MSI-X as it was
        }
        rig.host.csts();
        return rig.state(ignored);
    }

    /** The messages of vectors are the host's choice, and differ from one start to the next. */
    private static List<String> withoutMessages(List<String> state) {
        return state.stream().filter(line -> !line.matches(".*(route|table).*")).toList();
    }

    /** Leaves something behind wherever something can be left. */
    private static void work(LifeRig rig) {
        Host host = rig.host.start();
        host.requestEvent();
        host.adminOk(Commands.setFeature(FeatureId.INTERRUPT_COALESCING, 0xFF07));
        host.adminOk(Commands.setFeature(FeatureId.ARBITRATION, 0x0102_0302));
        host.adminOk(Commands.setFeature(FeatureId.ASYNCHRONOUS_EVENT_CONFIGURATION, 1));
        HostQueue first = host.createPair(1, 64);
        HostQueue second = host.createPair(2, 4, 64, 2);
        long data = host.memory().pages(1);
        first.run(Commands.write(1, 5, 8, data));
        first.run(Commands.flush(0x777)); // an error, for the log
        host.ringSubmission(9, 1); // an event
        host.ringSubmission(1, 999); // another
        host.vector(2).setMasked(true);
        second.run(Commands.flush(1));
        for (int i = 0; i < 50; i++) {
            first.put(Commands.read(1, i, 8, data));
        }
        first.ring();
        rig.run(37); // some of it is under way when the reset comes
        host.vector(2).setMasked(false);
    }
}
