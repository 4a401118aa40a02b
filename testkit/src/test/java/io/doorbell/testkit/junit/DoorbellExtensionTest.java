package io.doorbell.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.spec.ControllerCapabilities;
import io.doorbell.testkit.conformance.Bench;
import io.doorbell.testkit.conformance.DeviceShape;
import io.doorbell.testkit.host.Expect;
import io.doorbell.testkit.host.Host;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

/** What a test is given, what it says when it fails, and that nothing is left behind. */
class DoorbellExtensionTest {

    private static String failure(Map<String, TestExecutionResult> run, String test) {
        TestExecutionResult result = run.get(test);
        assertThat(result).as(test).isNotNull();
        assertThat(result.getStatus()).as(test).isEqualTo(Status.FAILED);
        StringWriter text = new StringWriter();
        result.getThrowable().orElseThrow().printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    // ---- failures ----------------------------------------------------------------------------

    @Test
    void failure_keepsItsClassAndTellsRegistersAndQueues() {
        Map<String, TestExecutionResult> run = TestRun.of(Samples.Failing.class);
        assertThat(failure(run, "fails"))
                .startsWith("java.lang.AssertionError: the answer is 41h, expected 42h")
                .containsOnlyOnce("Suppressed:")
                .contains("the device when the test failed", "CSTS 00000001", "SQ 0 (32 slots")
                .contains("SQ 1 (64 slots", "last completion, slot 0: command 0001h of SQ 1");
        assertThat(failure(run, "failsWithABench"))
                .startsWith("java.lang.IllegalStateException: broken")
                .contains("CSTS 00000001");
        assertThat(failure(run, "failsBeforeItHasADevice")).doesNotContain("Suppressed");
    }

    @Test
    void whatDoesNotApply_isAborted() {
        TestExecutionResult result = TestRun.of(Samples.Failing.class).get("doesNotApply");
        assertThat(result).isNotNull();
        assertThat(result.getStatus()).isEqualTo(Status.ABORTED);
        assertThat(result.getThrowable().orElseThrow())
                .hasMessage("there are too few vectors")
                .hasNoSuppressedExceptions();
    }

    @Test
    void otherParameters_areNotOurs() {
        assertThat(failure(TestRun.of(Samples.Failing.class), "takesSomethingElse"))
                .contains("No ParameterResolver registered for parameter")
                .contains("StringBuilder");
    }

    @Test
    void failuresBeforeAndAfter_tellTheDeviceOfTheTest() {
        assertThat(failure(TestRun.of(Samples.FailingAround.class), "fails"))
                .contains("in the test", "not so: the controller is not ready", "CSTS 00000001");
    }

    @Test
    void deviceForAllTests_isRefusedWithTheWayOut() {
        assertThat(failure(TestRun.of(Samples.ForAClass.class), "Samples$ForAClass"))
                .contains("A device belongs to one test: take the Host in the test, or in @Before");
    }

    // ---- devices -----------------------------------------------------------------------------

    @Test
    void eachTest_hasOneDeviceOfItsOwn() {
        Map<String, TestExecutionResult> run = TestRun.of(Samples.Fresh.class);
        assertThat(run).containsKeys("one", "other");
        assertThat(run.values()).allMatch(each -> each.getStatus() == Status.SUCCESSFUL);
    }

    @Test
    void otherDevices_areOpenedForEachTestAndClosed() {
        TestRun.of(Samples.Counted.class);
        assertThat(Samples.Counted.opened).isEqualTo(2);
        assertThat(Samples.Counted.open).isZero();
    }

    // ---- shapes ------------------------------------------------------------------------------

    @Nested
    @Device(queueEntries = 512, doorbellStride = 1)
    class Shaped {
        @RegisterExtension
        static final DoorbellExtension DOORBELL =
                DoorbellExtension.withShape(DeviceShape.DEFAULT.withQueueEntries(256));

        @Test
        void ofTheClass(Host host) {
            host.start();
            Expect.equal("entries", ControllerCapabilities.maximumQueueEntries(host.cap()), 512);
            Expect.equal("stride", ControllerCapabilities.doorbellStride(host.cap()), 1);
        }

        @Test
        @Device(
                doorbellStride = 3,
                queuePairs = 4,
                with = Option.CONTIGUOUS_QUEUES_REQUIRED,
                without = Option.SUBSYSTEM_RESET)
        void ofTheMethodAndTheClass(Bench bench) {
            Host host = bench.start();
            Expect.equal("entries", ControllerCapabilities.maximumQueueEntries(host.cap()), 512);
            Expect.equal("stride", ControllerCapabilities.doorbellStride(host.cap()), 3);
            Expect.equal("vectors", host.vectorCount(), 5);
            Expect.that("CQR", ControllerCapabilities.contiguousQueuesRequired(host.cap()));
            Expect.that("no NSSRS", !ControllerCapabilities.subsystemResetSupported(host.cap()));
        }

        @Nested
        @Device(doorbellStride = 5)
        class Inner {
            @Test
            void ofTheInnerClassAndTheOuter(Host host) {
                host.start();
                Expect.equal(
                        "entries", ControllerCapabilities.maximumQueueEntries(host.cap()), 512);
                Expect.equal("stride", ControllerCapabilities.doorbellStride(host.cap()), 5);
            }
        }
    }
}
