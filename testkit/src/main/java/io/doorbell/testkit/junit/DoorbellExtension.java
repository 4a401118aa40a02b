package io.doorbell.testkit.junit;

import io.doorbell.testkit.conformance.Bench;
import io.doorbell.testkit.conformance.DeviceFactory;
import io.doorbell.testkit.conformance.DeviceShape;
import io.doorbell.testkit.conformance.NotApplicable;
import io.doorbell.testkit.device.SimulatedDevices;
import io.doorbell.testkit.host.Host;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Gives each test a controller that was just powered on, in a world of virtual time of its own.
 *
 * <p>A test, or a method before or after each test, takes a {@link Host}, or a {@link Bench} to
 * power on several devices. {@link Device} says what device it is to be. The failure of a test
 * carries the registers and queues as it left them, as a suppressed exception; a test that throws
 * {@link NotApplicable} is aborted.
 *
 * <p>Use it with {@code @ExtendWith(DoorbellExtension.class)}, or keep one in a field annotated
 * {@code @RegisterExtension}. JUnit Jupiter 6 or later.
 */
public final class DoorbellExtension
        implements ParameterResolver,
                TestExecutionExceptionHandler,
                LifecycleMethodExecutionExceptionHandler {
    private static final Namespace NAMESPACE = Namespace.create(DoorbellExtension.class);

    private final Supplier<? extends DeviceFactory> factories;
    private final DeviceShape shape;

    /** Doorbell's own controllers, of the usual shape. */
    public DoorbellExtension() {
        this(SimulatedDevices::new, DeviceShape.DEFAULT);
    }

    private DoorbellExtension(Supplier<? extends DeviceFactory> factories, DeviceShape shape) {
        this.factories = factories;
        this.shape = shape;
    }

    /** Doorbell's own controllers, of this shape where {@link Device} does not change it. */
    public static DoorbellExtension withShape(DeviceShape shape) {
        return new DoorbellExtension(SimulatedDevices::new, shape);
    }

    /** Devices from elsewhere; each test asks for a factory, and closes it. */
    public static DoorbellExtension withDevices(Supplier<? extends DeviceFactory> factories) {
        return new DoorbellExtension(factories, DeviceShape.DEFAULT);
    }

    /** A constructor's parameters are its test's, as everything here. */
    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        Class<?> type = parameter.getParameter().getType();
        return type == Host.class || type == Bench.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        if (test.getTestMethod().isEmpty()) {
            throw new ParameterResolutionException(
                    "A device belongs to one test: take the "
                            + parameter.getParameter().getType().getSimpleName()
                            + " in the test, or in @BeforeEach.");
        }
        TestDevices devices =
                store(test)
                        .computeIfAbsent(
                                TestDevices.class,
                                key -> new TestDevices(factories.get(), Shapes.of(test, shape)),
                                TestDevices.class);
        return parameter.getParameter().getType() == Host.class ? devices.host() : devices.bench();
    }

    @Override
    public void handleTestExecutionException(ExtensionContext test, Throwable thrown)
            throws Throwable {
        throw explained(test, thrown);
    }

    @Override
    public void handleBeforeEachMethodExecutionException(ExtensionContext test, Throwable thrown)
            throws Throwable {
        throw explained(test, thrown);
    }

    @Override
    public void handleAfterEachMethodExecutionException(ExtensionContext test, Throwable thrown)
            throws Throwable {
        throw explained(test, thrown);
    }

    /** Suppressed, not wrapped: tools know a failure and its values by its class. */
    private static Throwable explained(ExtensionContext test, Throwable thrown) {
        if (thrown instanceof NotApplicable) {
            return new TestAbortedException(thrown.getMessage());
        }
        TestDevices devices = store(test).get(TestDevices.class, TestDevices.class);
        boolean isExplained =
                Arrays.stream(thrown.getSuppressed()).anyMatch(DeviceState.class::isInstance);
        if (devices != null && !isExplained && !(thrown instanceof TestAbortedException)) {
            thrown.addSuppressed(new DeviceState(devices.bench().dump()));
        }
        return thrown;
    }

    private static Store store(ExtensionContext test) {
        return test.getStore(NAMESPACE);
    }
}
