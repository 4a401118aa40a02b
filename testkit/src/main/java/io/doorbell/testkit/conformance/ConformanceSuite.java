package io.doorbell.testkit.conformance;

import io.doorbell.testkit.conformance.chapters.Chapters;
import io.doorbell.testkit.host.Host;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** All conformance tests, in the order of their chapters and names. */
public final class ConformanceSuite {
    private ConformanceSuite() {}

    /** Every test. */
    public static List<TestCase> tests() {
        List<TestCase> tests = new ArrayList<>();
        for (Class<?> chapter : Chapters.ALL) {
            Arrays.stream(chapter.getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(Clause.class))
                    .sorted(Comparator.comparing(Method::getName))
                    .forEach(method -> add(tests, chapter, method));
        }
        return tests;
    }

    /** The tests whose clause, chapter or id contains this text, in any case; all if it is null. */
    public static List<TestCase> tests(@Nullable String pattern) {
        if (pattern == null) {
            return tests();
        }
        String wanted = pattern.toLowerCase(Locale.ROOT);
        return tests().stream()
                .filter(
                        test ->
                                (test.clause() + "\n" + test.chapter() + "\n" + test.id())
                                        .toLowerCase(Locale.ROOT)
                                        .contains(wanted))
                .toList();
    }

    /** The clauses that have no test, each with the reason. */
    public static List<NotCovered> notCovered() {
        return Chapters.NOT_COVERED;
    }

    private static void add(List<TestCase> tests, Class<?> chapter, Method method) {
        check(method);
        Clause clause = method.getAnnotation(Clause.class);
        String title = chapter.getAnnotation(Chapter.class).value();
        if (clause.values().length == 0) {
            tests.add(
                    new TestCase(
                            title,
                            clause.value(),
                            clause.level(),
                            clause.otherwise(),
                            method,
                            null));
        }
        for (long value : clause.values()) {
            tests.add(
                    new TestCase(
                            title,
                            clause.value(),
                            clause.level(),
                            clause.otherwise(),
                            method,
                            value));
        }
    }

    /** A mistake here would be a test that never runs. */
    private static void check(Method method) {
        Class<?>[] parameters = method.getParameterTypes();
        boolean valued = method.getAnnotation(Clause.class).values().length > 0;
        boolean right =
                parameters.length == (valued ? 2 : 1)
                        && (parameters[0] == Bench.class || parameters[0] == Host.class)
                        && (!valued || parameters[1] == long.class);
        if (!right) {
            throw new IllegalStateException(
                    method + " must take a Bench or a Host, and a long if it has values");
        }
    }
}
