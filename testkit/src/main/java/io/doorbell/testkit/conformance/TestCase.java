package io.doorbell.testkit.conformance;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.Method;
import java.util.Locale;

/**
 * One conformance test: a method, and its value if it has several.
 *
 * @param value what the method is called with, or null if it takes none
 */
public record TestCase(
        String chapter,
        String clause,
        Level level,
        String otherwise,
        Method method,
        @Nullable Long value) {

    /** Unique in the suite: {@code ResetTests.controllerReset_keepsAqa[3]}. */
    public String id() {
        return method.getDeclaringClass().getSimpleName()
                + "."
                + method.getName()
                + (value == null ? "" : "[" + value + "]");
    }

    /** The method's name as words. */
    public String title() {
        String words =
                method.getName()
                        .replaceAll("([a-z0-9])([A-Z])", "$1 $2")
                        .replace("_", ": ")
                        .toLowerCase(Locale.ROOT);
        return value == null ? words : words + " (" + value + ")";
    }

    @Override
    public String toString() {
        return clause + " " + level + ": " + title();
    }
}
