package io.doorbell.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.testkit.device.SimulatedDevices;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.util.stream.Stream;

/** Our own controller passes every conformance test; one test each. */
class ConformanceTest {
    private static final SimulatedDevices DEVICES = new SimulatedDevices();

    @AfterAll
    static void end() {
        DEVICES.close();
    }

    @TestFactory
    Stream<DynamicTest> ownController() {
        ConformanceRunner runner = new ConformanceRunner(DEVICES);
        return ConformanceSuite.tests().stream()
                .map(
                        test ->
                                DynamicTest.dynamicTest(
                                        test.toString(),
                                        () -> {
                                            TestResult result = runner.run(test);
                                            assertThat(result.failed())
                                                    .as(result.message() + "\n" + result.dump())
                                                    .isFalse();
                                        }));
    }

    @Test
    void ids_areUnique() {
        assertThat(ConformanceSuite.tests()).extracting(TestCase::id).doesNotHaveDuplicates();
    }
}
