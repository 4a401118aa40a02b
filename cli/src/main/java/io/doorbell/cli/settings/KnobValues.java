package io.doorbell.cli.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The values of all knobs that are valid on their own, with the place of each. */
final class KnobValues {
    private record Reading(String text, Place place) {}

    private final Map<Knob<?>, Reading> readings = new HashMap<>();

    private KnobValues() {}

    /** Reads every knob; one that is wrong is left out and reported. */
    static KnobValues read(Config config, Origins origins, Problems problems) {
        KnobValues values = new KnobValues();
        for (Knob<?> knob : Knobs.ALL) {
            Optional<ConfigValue> value = find(config.root(), SourceReader.ROOT + "." + knob.key());
            if (value.isPresent()) {
                values.readOne(knob, value.get(), origins, problems);
            } else {
                values.readings.put(knob, new Reading(knob.defaultText(), origins.byDefault()));
            }
        }
        return values;
    }

    /** Whether all of them are valid, so that a rule about them can be judged. */
    boolean has(Knob<?>... knobs) {
        return Arrays.stream(knobs).allMatch(readings::containsKey);
    }

    <T> T get(Knob<T> knob) {
        return knob.valueOf(text(knob));
    }

    /** A path, relative to the file that says it. */
    Path resolve(Knob<?> knob, Path path) {
        return place(knob).folder().resolve(path).normalize();
    }

    String text(Knob<?> knob) {
        return reading(knob).text();
    }

    Place place(Knob<?> knob) {
        return reading(knob).place();
    }

    private Reading reading(Knob<?> knob) {
        return Objects.requireNonNull(readings.get(knob), knob.key());
    }

    private void readOne(Knob<?> knob, ConfigValue value, Origins origins, Problems problems) {
        Place place = origins.place(value.origin());
        ConfigValueType kind = value.valueType();
        @Nullable String instead = notSingle(kind, knob);
        if (instead != null) {
            String what = "'" + knob.key() + "' is " + instead + ", not a single value.";
            problems.add(place, what, allowed(knob, ""));
            return;
        }
        // A number as it was written, 1_000 apart from 1000.0; anything else as plain text.
        String text =
                kind == ConfigValueType.NUMBER ? value.render() : String.valueOf(value.unwrapped());
        try {
            knob.type().parse(text);
            readings.put(knob, new Reading(text, place));
        } catch (BadValueException fault) {
            problems.add(
                    place, "'" + knob.key() + "' " + fault.what(), allowed(knob, fault.hint()));
        }
    }

    /** Null is no value in HOCON, but to a knob that takes the word it is one. */
    private static @Nullable String notSingle(ConfigValueType kind, Knob<?> knob) {
        return switch (kind) {
            case OBJECT -> "a section";
            case LIST -> "a list";
            case NULL -> knob.accepts("null") ? null : "null";
            case NUMBER, BOOLEAN, STRING -> null;
        };
    }

    /** The value at a path; unlike the parser's own search it also finds a null and its place. */
    private static Optional<ConfigValue> find(ConfigObject root, String path) {
        ConfigValue value = root;
        for (String name : path.split("\\.", -1)) {
            if (!(value instanceof ConfigObject section) || !section.containsKey(name)) {
                return Optional.empty();
            }
            value = Objects.requireNonNull(section.get(name));
        }
        return Optional.of(value);
    }

    private static String allowed(Knob<?> knob, String hint) {
        return hint + " Allowed: " + knob.range() + ". Default: " + knob.defaultText() + ".";
    }
}
