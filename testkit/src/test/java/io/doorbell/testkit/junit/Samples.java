package io.doorbell.testkit.junit;

import io.doorbell.bus.pci.PciFunction;
import io.doorbell.testkit.conformance.Bench;
import io.doorbell.testkit.conformance.DeviceFactory;
import io.doorbell.testkit.conformance.DeviceShape;
import io.doorbell.testkit.conformance.NotApplicable;
import io.doorbell.testkit.device.SimulatedDevices;
import io.doorbell.testkit.host.Commands;
import io.doorbell.testkit.host.Expect;
import io.doorbell.testkit.host.Host;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests that {@link DoorbellExtensionTest} runs; most are to fail. */
final class Samples {
    /** Set by who runs these tests on purpose; nobody else is to see them fail. */
    static final String ON_PURPOSE = "doorbell.samples";

    private Samples() {}

    static final class OnPurpose implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return context.getConfigurationParameter(ON_PURPOSE).isPresent()
                    ? ConditionEvaluationResult.enabled("run by a test")
                    : ConditionEvaluationResult.disabled("only DoorbellExtensionTest runs it");
        }
    }

    @ExtendWith({OnPurpose.class, DoorbellExtension.class})
    static final class Failing {
        @Test
        void fails(Host host) {
            host.start().createPair(1, 64).run(Commands.flush(1));
            Expect.equal("the answer", 0x41, 0x42);
        }

        @Test
        void failsBeforeItHasADevice() {
            Expect.fail("no device was asked for");
        }

        @Test
        void failsWithABench(Bench bench) {
            bench.start(DeviceShape.DEFAULT.withQueueEntries(16));
            throw new IllegalStateException("broken");
        }

        @Test
        void doesNotApply(Host host) {
            NotApplicable.unless(host.vectorCount() > 99, "there are too few vectors");
        }

        @Test
        void takesSomethingElse(Host host, StringBuilder other) {
            Expect.that("nobody comes here", host == null || other == null);
        }
    }

    @ExtendWith({OnPurpose.class, DoorbellExtension.class})
    static final class FailingAround {
        @BeforeEach
        void before(Host host) {
            host.start();
        }

        @Test
        void fails() {
            Expect.fail("in the test");
        }

        @AfterEach
        void after(Host host) {
            Expect.that("the controller is not ready", !host.isReady());
        }
    }

    @ExtendWith({OnPurpose.class, DoorbellExtension.class})
    static final class ForAClass {
        @BeforeAll
        static void before(Host host) {
            host.start();
        }

        @Test
        void neverRuns() {}
    }

    @ExtendWith({OnPurpose.class, DoorbellExtension.class})
    static final class Fresh {
        private final Host constructed;

        Fresh(Host host) {
            constructed = host;
        }

        @BeforeEach
        void before(Host host) {
            Expect.that("the constructor has the same host", host == constructed);
            host.enableFunction();
            Expect.that("the controller was not started", !host.isReady());
            Expect.equal("time", host.function().nanoTime(), 0);
            host.start();
        }

        @Test
        void one(Host host) {
            Expect.that("the controller was started", host.isReady());
        }

        @Test
        void other(Host host) {
            Expect.that("the controller was started", host.isReady());
        }
    }

    @ExtendWith(OnPurpose.class)
    static final class Counted {
        static int open;
        static int opened;

        @RegisterExtension
        static final DoorbellExtension DEVICES =
                DoorbellExtension.withDevices(
                        () -> {
                            open++;
                            opened++;
                            return new Closing(new SimulatedDevices());
                        });

        private record Closing(SimulatedDevices devices) implements DeviceFactory {
            @Override
            public PciFunction powerOn(DeviceShape shape) {
                return devices.powerOn(shape);
            }

            @Override
            public String description() {
                return devices.description();
            }

            @Override
            public void close() {
                devices.close();
                open--;
            }
        }

        @Test
        void passes(Host host) {
            host.start();
        }

        @Test
        void fails(Bench bench) {
            bench.start();
            Expect.fail("as it should");
        }
    }
}
