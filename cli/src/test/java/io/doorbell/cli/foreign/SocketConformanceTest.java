package io.doorbell.cli.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.doorbell.cli.lab.InputException;
import io.doorbell.testkit.conformance.ConformanceRunner;
import io.doorbell.testkit.conformance.ConformanceSuite;
import io.doorbell.testkit.conformance.DeviceLostException;
import io.doorbell.testkit.conformance.TestCase;
import io.doorbell.testkit.conformance.TestResult;
import io.doorbell.testkit.conformance.TestResult.Outcome;
import io.doorbell.vfiouser.client.MemoryAccess;
import io.doorbell.vfiouser.posix.UnixListener;
import io.doorbell.vfiouser.posix.UnixSocket;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The suite against a served controller. All of it takes minutes in real time ('doorbell conform
 * --socket'); here are the tests that need most of what lies between.
 */
@Timeout(300)
class SocketConformanceTest {
    @TempDir private Path folder = Path.of("");

    /** Of each test of these chapters the first value. */
    private static List<TestCase> tests(String chapter) {
        List<TestCase> tests = new ArrayList<>();
        String last = "";
        for (TestCase test : ConformanceSuite.tests(chapter)) {
            if (!test.method().toString().equals(last)) {
                tests.add(test);
            }
            last = test.method().toString();
        }
        return tests;
    }

    @ParameterizedTest
    @CsvSource({
        "RegisterTests, MAPPED",
        "ConfigurationSpaceTests, MAPPED",
        "MsixTests.completion, MAPPED",
        "PinTests, MAPPED",
        "ResetTests.reset, MAPPED",
        "CompareTests, MAPPED",
        "SglTests, BY_MESSAGE",
        "ReadWriteTests.write, BY_MESSAGE"
    })
    void ourController_holds(String chapter, MemoryAccess access) throws Exception {
        List<TestCase> tests = tests(chapter);
        assertThat(tests).isNotEmpty();
        try (ServedDevice _ = ServedDevice.start(folder);
                SocketDevices devices = SocketDevices.open(ServedDevice.path(folder), access)) {
            List<TestResult> results = new ConformanceRunner(devices).run(tests, _ -> {});

            assertThat(results).filteredOn(TestResult::failed).isEmpty();
            assertThat(results).anyMatch(result -> result.outcome() == Outcome.PASSED);
        }
    }

    @Test
    void whatATestOrders_andThisDeviceIsNot_doesNotApply() throws Exception {
        try (ServedDevice _ = ServedDevice.start(folder);
                SocketDevices devices =
                        SocketDevices.open(ServedDevice.path(folder), MemoryAccess.MAPPED)) {
            TestCase stride =
                    ConformanceSuite.tests("stride_ofEachSizePutsDoorbellsApart[3]").getFirst();

            TestResult result = new ConformanceRunner(devices).run(stride);

            assertThat(result.outcome()).isEqualTo(Outcome.NOT_APPLICABLE);
            assertThat(result.message()).contains("CAP.DSTRD = 3", "has 0");
        }
    }

    @Test
    void namespaces_areBlankBeforeEachTest() throws Exception {
        List<TestCase> tests =
                List.of(
                        ConformanceSuite.tests("format_changesTheSizeOfBlocks").getFirst(),
                        ConformanceSuite.tests("neverWrittenBlock_readsAsDlfeatSays[0]")
                                .getFirst());
        try (ServedDevice _ = ServedDevice.start(folder);
                SocketDevices devices =
                        SocketDevices.open(ServedDevice.path(folder), MemoryAccess.MAPPED)) {
            ConformanceRunner runner = new ConformanceRunner(devices);
            var _ = runner.run(ConformanceSuite.tests("ReadWriteTests.write"), _ -> {});

            assertThat(runner.run(tests, _ -> {}))
                    .allMatch(result -> result.outcome() == Outcome.PASSED);
        }
    }

    @Test
    void deviceThatGoes_endsTheRun_andSaysSo() throws Exception {
        List<TestResult> told = new ArrayList<>();
        try (ServedDevice device = ServedDevice.start(folder);
                SocketDevices devices =
                        SocketDevices.open(ServedDevice.path(folder), MemoryAccess.MAPPED)) {
            device.endAfter(4); // two tests

            assertThatThrownBy(
                            () ->
                                    new ConformanceRunner(devices)
                                            .run(tests("RegisterTests"), told::add))
                    .isInstanceOf(DeviceLostException.class)
                    .hasMessageContaining("no longer there");
        }
        assertThat(told).hasSizeBetween(2, 3).first().matches(result -> !result.failed());
    }

    // ---- what cannot be tested ---------------------------------------------------------------

    private InputException refusal() {
        try (SocketDevices devices =
                SocketDevices.open(ServedDevice.path(folder), MemoryAccess.MAPPED)) {
            throw new AssertionError("opened " + devices.description());
        } catch (InputException refused) {
            return refused;
        }
    }

    @Test
    void nobodyListening_isSaid() {
        InputException refused = refusal();

        assertThat(refused.what()).contains("Nobody listens at", "nvme.sock", "No such file");
        assertThat(refused.advice()).contains("doorbell serve --socket");
    }

    @Test
    void otherClassCode_isNoNvmeController() throws Exception {
        try (ServedDevice _ = ServedDevice.startAs(0x020000, folder)) {
            assertThat(refusal().what())
                    .contains("no NVMe controller", "class code is 020000h, not 010802h");
        }
    }

    @Test
    void deviceInUse_isSaid() throws Exception {
        try (ServedDevice _ = ServedDevice.start(folder);
                UnixSocket _ = UnixSocket.connect(ServedDevice.path(folder))) {
            assertThat(refusal().what()).contains("in use by another client");
        }
    }

    @Test
    void serverOfSomethingElse_isSaid() throws Exception {
        try (UnixListener listener = UnixListener.listen(ServedDevice.path(folder))) {
            Thread server =
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        try (UnixSocket client =
                                                        Objects.requireNonNull(listener.accept());
                                                Arena arena = Arena.ofConfined()) {
                                            boolean _ =
                                                    client.send(
                                                            arena.allocateFrom(
                                                                    "HTTP/1.1 400 Bad Request\r\n"),
                                                            List.of());
                                            MemorySegment sink = arena.allocate(512);
                                            int _ = client.receive(sink, new ArrayList<>());
                                        } catch (java.io.IOException broken) {
                                            throw new AssertionError(broken);
                                        }
                                    });

            assertThat(refusal().what())
                    .contains("No NVMe device can be driven", "does not keep to vfio-user");
            server.join();
        }
    }
}
