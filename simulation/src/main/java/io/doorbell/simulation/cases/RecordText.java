package io.doorbell.simulation.cases;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Records as sections of a HOCON file: {@code int queuePairs} is {@code queue-pairs = 4}, a record
 * in a record a section in a section. A component that is added later needs no line here.
 */
final class RecordText {
    private RecordText() {}

    /** Writes {@code name { ... }}, each component on a line of its own. */
    static void write(StringBuilder text, String indent, String name, Record section) {
        text.append(indent).append(name).append(" {\n");
        for (RecordComponent component : section.getClass().getRecordComponents()) {
            String key = key(component.getName());
            Object value = valueOf(component, section);
            if (value instanceof Record inner) {
                write(text, indent + "  ", key, inner);
            } else {
                text.append(indent).append("  ").append(key).append(" = ");
                text.append(shown(value)).append('\n');
            }
        }
        text.append(indent).append("}\n");
    }

    /**
     * Reads what {@link #write} wrote. A component that is not named is as in {@code otherwise}.
     *
     * @throws CaseException if a key is unknown, or a value is none of its component
     */
    static <T extends Record> T read(ConfigObject section, T otherwise) throws CaseException {
        RecordComponent[] components = otherwise.getClass().getRecordComponents();
        List<String> keys =
                Arrays.stream(components).map(component -> key(component.getName())).toList();
        for (String key : section.keySet().stream().sorted().toList()) {
            if (!keys.contains(key)) {
                throw new CaseException(
                        line(section.get(key)),
                        "'" + key + "' is not known here.",
                        "There are: " + String.join(", ", keys) + ".");
            }
        }
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            Object former = valueOf(components[i], otherwise);
            ConfigValue value = section.get(keys.get(i));
            values[i] = value == null ? former : read(keys.get(i), value, former);
        }
        return create(section, otherwise, components, values);
    }

    private static Object read(String key, ConfigValue value, Object former) throws CaseException {
        if (former instanceof Record inner) {
            if (value instanceof ConfigObject section) {
                return read(section, inner);
            }
            throw new CaseException(line(value), "'" + key + "' is not a section.", "");
        }
        Object given = value.unwrapped();
        Object read =
                switch (former) {
                    case Integer _ when given instanceof Integer -> given;
                    case Long _ when given instanceof Integer || given instanceof Long ->
                            ((Number) given).longValue();
                    case Double _ when given instanceof Number number -> number.doubleValue();
                    case Boolean _ when given instanceof Boolean -> given;
                    case String _ when given instanceof String -> given;
                    case Enum<?> word when given instanceof String -> constant(word, given);
                    default -> null;
                };
        if (read == null) {
            throw new CaseException(
                    line(value),
                    "'%s' cannot be %s.".formatted(key, shown(value)),
                    "Write a value like " + shown(former) + allowed(former) + ".");
        }
        return read;
    }

    @SuppressWarnings("unchecked") // the class of a record makes records of that class
    private static <T extends Record> T create(
            ConfigObject section, T like, RecordComponent[] components, Object[] values)
            throws CaseException {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = like.getClass().getDeclaredConstructor(types);
            return (T) constructor.newInstance(values);
        } catch (InvocationTargetException refused) {
            throw new CaseException(line(section), reason(refused), "");
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String reason(InvocationTargetException refused) {
        Throwable cause = refused.getCause();
        return cause == null ? "refused" : String.valueOf(cause.getMessage());
    }

    private static Object valueOf(RecordComponent component, Record section) {
        try {
            return component.getAccessor().invoke(section);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static @Nullable Object constant(Enum<?> like, Object word) {
        for (Enum<?> constant : like.getDeclaringClass().getEnumConstants()) {
            if (word(constant).equals(word)) {
                return constant;
            }
        }
        return null;
    }

    private static String allowed(Object like) {
        if (!(like instanceof Enum<?> constant)) {
            return "";
        }
        List<String> words = new ArrayList<>();
        for (Enum<?> each : constant.getDeclaringClass().getEnumConstants()) {
            words.add(word(each));
        }
        return ", one of: " + String.join(", ", words);
    }

    /** A value of a file, on one line. */
    static String shown(ConfigValue value) {
        return value.render(ConfigRenderOptions.concise());
    }

    private static String shown(Object value) {
        return switch (value) {
            case Enum<?> constant -> word(constant);
            case String string -> ConfigUtil.quoteString(string);
            case Integer _, Long _, Double _, Boolean _ -> value.toString();
            default -> throw new IllegalStateException("No text for " + value.getClass());
        };
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** {@code queuePairs} is queue-pairs. */
    private static String key(String componentName) {
        return componentName.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    static int line(@Nullable ConfigValue value) {
        return value == null ? 0 : Math.max(0, value.origin().lineNumber());
    }
}
