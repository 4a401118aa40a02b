package io.doorbell.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.doorbell.simulation.oracle.Violation;
import io.doorbell.testkit.device.JudgedDevices;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.util.stream.Stream;

/** Whatever a conformance test does as a host, our controller breaks no law of the device. */
class JudgedConformanceTest {
    private static final JudgedDevices DEVICES = new JudgedDevices();

    @AfterAll
    static void end() {
        DEVICES.close();
        assertThat(DEVICES.posts()).as("completions that were judged").isPositive();
    }

    @TestFactory
    Stream<DynamicTest> ownController_breaksNoLaw() {
        ConformanceRunner runner = new ConformanceRunner(DEVICES);
        return ConformanceSuite.tests().stream()
                .map(test -> DynamicTest.dynamicTest(test.toString(), () -> judge(runner, test)));
    }

    private static void judge(ConformanceRunner runner, TestCase test) {
        runner.run(test);
        Violation violation = DEVICES.violation();
        if (violation != null) {
            fail(violation.describe() + String.join("\n", DEVICES.lastEvents()));
        }
    }
}
