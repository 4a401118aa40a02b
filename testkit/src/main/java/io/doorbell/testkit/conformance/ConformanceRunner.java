package io.doorbell.testkit.conformance;

import io.doorbell.testkit.conformance.TestResult.Outcome;
import io.doorbell.testkit.host.Host;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Runs conformance tests, each on a device that was just powered on. */
public final class ConformanceRunner {
    private final DeviceFactory devices;

    public ConformanceRunner(DeviceFactory devices) {
        this.devices = devices;
    }

    /**
     * Runs these tests one after another; each result is told as soon as it is known.
     *
     * @throws DeviceLostException if there is no device any more; the results told until then hold
     */
    public List<TestResult> run(List<TestCase> tests, Consumer<TestResult> told) {
        List<TestResult> results = new ArrayList<>(tests.size());
        for (TestCase test : tests) {
            TestResult result = run(test);
            results.add(result);
            told.accept(result);
        }
        return results;
    }

    /**
     * Runs one test. Whatever it throws is a failure, but {@link NotApplicable}.
     *
     * @throws DeviceLostException if there is no device to run it on
     */
    public TestResult run(TestCase test) {
        long start = System.nanoTime();
        try (Bench bench = new Bench(devices, DeviceShape.DEFAULT)) {
            try {
                call(test, bench);
                return result(test, Outcome.PASSED, "", "", start);
            } catch (InvocationTargetException thrown) {
                Throwable cause = thrown.getCause();
                if (cause instanceof DeviceLostException lost) {
                    throw lost;
                }
                return cause instanceof NotApplicable
                        ? result(test, Outcome.NOT_APPLICABLE, message(cause), "", start)
                        : result(test, Outcome.FAILED, message(cause), bench.dump(), start);
            } catch (ReflectiveOperationException broken) {
                throw new IllegalStateException(test.id() + " cannot be called", broken);
            }
        }
    }

    private static void call(TestCase test, Bench bench) throws ReflectiveOperationException {
        Method method = test.method();
        Constructor<?> constructor = method.getDeclaringClass().getDeclaredConstructor();
        constructor.setAccessible(true);
        method.setAccessible(true);
        Object instance = constructor.newInstance();
        Object worksAt;
        try {
            worksAt = method.getParameterTypes()[0] == Host.class ? bench.powerOn() : bench;
        } catch (RuntimeException refused) {
            throw new InvocationTargetException(refused);
        }
        if (test.value() == null) {
            method.invoke(instance, worksAt);
        } else {
            method.invoke(instance, worksAt, test.value());
        }
    }

    private static String message(@Nullable Throwable cause) {
        if (cause == null) {
            return "no reason given";
        }
        String message = cause.getMessage();
        return cause instanceof AssertionError || cause instanceof NotApplicable
                ? String.valueOf(message)
                : cause.getClass().getSimpleName() + ": " + message;
    }

    private static TestResult result(
            TestCase test, Outcome outcome, String message, String dump, long start) {
        return new TestResult(test, outcome, message, dump, System.nanoTime() - start);
    }
}
