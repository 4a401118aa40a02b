package io.doorbell.cli.settings;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds keys that mean nothing, and values where sections belong. */
final class KeyCheck {
    private static final Set<String> KEYS = keys();
    private static final Set<String> SECTIONS = sections();

    private final Origins origins;
    private final Problems problems;

    KeyCheck(Origins origins, Problems problems) {
        this.origins = origins;
        this.problems = problems;
    }

    void check(ConfigObject root) {
        for (Map.Entry<String, ConfigValue> entry : inFileOrder(root)) {
            if (!entry.getKey().equals(SourceReader.ROOT)) {
                unknownOutside(entry.getKey(), entry.getValue());
            } else if (entry.getValue() instanceof ConfigObject section) {
                checkSection("", section);
            } else {
                notASection(SourceReader.ROOT, entry.getValue());
            }
        }
    }

    private void checkSection(String prefix, ConfigObject section) {
        for (Map.Entry<String, ConfigValue> entry : inFileOrder(section)) {
            String key = prefix + entry.getKey();
            if (SECTIONS.contains(key)) {
                if (entry.getValue() instanceof ConfigObject inner) {
                    checkSection(key + ".", inner);
                } else {
                    notASection(key, entry.getValue());
                }
            } else if (!KEYS.contains(key) && !key.equals(FaultSettings.KEY)) {
                unknown(key, entry.getValue());
            }
        }
    }

    private void unknown(String key, ConfigValue value) {
        problems.add(
                origins.place(value.origin()),
                "Unknown key '" + key + "'.",
                suggestion(key)
                        .map(near -> "Did you mean '" + near + "'?")
                        .orElse("'doorbell config' lists every key."));
    }

    private void unknownOutside(String key, ConfigValue value) {
        boolean rootForgotten = KEYS.contains(key) || SECTIONS.contains(key);
        String near =
                rootForgotten
                        ? SourceReader.ROOT + "." + key
                        : Nearest.to(key, List.of(SourceReader.ROOT)).orElse("");
        problems.add(
                origins.place(value.origin()),
                "Unknown key '" + key + "' outside of doorbell { }.",
                near.isEmpty()
                        ? "Every setting belongs below 'doorbell'."
                        : "Did you mean '" + near + "'?");
    }

    private void notASection(String key, ConfigValue value) {
        problems.add(
                origins.place(value.origin()),
                "'" + key + "' is a section, not a value.",
                "Write " + key + " { ... }.");
    }

    /** A key of the same name elsewhere, or else one that is spelt alike. */
    private static Optional<String> suggestion(String key) {
        String name = key.substring(key.lastIndexOf('.') + 1);
        List<String> all = new ArrayList<>(KEYS);
        all.addAll(SECTIONS);
        all.add(FaultSettings.KEY);
        Optional<String> elsewhere =
                all.stream().filter(known -> known.endsWith("." + name)).findFirst();
        return elsewhere.isPresent() ? elsewhere : Nearest.to(key, all);
    }

    /** Maps have no order of their own; problems should have one. */
    private static List<Map.Entry<String, ConfigValue>> inFileOrder(ConfigObject object) {
        return object.entrySet().stream()
                .sorted(
                        Comparator.comparingInt(KeyCheck::line)
                                .thenComparing(Map.Entry.comparingByKey()))
                .toList();
    }

    private static int line(Map.Entry<String, ConfigValue> entry) {
        return entry.getValue().origin().lineNumber();
    }

    private static Set<String> keys() {
        Set<String> keys = new LinkedHashSet<>();
        Knobs.ALL.forEach(knob -> keys.add(knob.key()));
        return keys;
    }

    /** "workload.iolog.file" makes "workload.iolog" and "workload" sections. */
    private static Set<String> sections() {
        Set<String> sections = new LinkedHashSet<>();
        for (Knob<?> knob : Knobs.ALL) {
            String section = knob.section();
            for (int dot = section.indexOf('.'); dot >= 0; dot = section.indexOf('.', dot + 1)) {
                sections.add(section.substring(0, dot));
            }
            sections.add(section);
        }
        return sections;
    }
}
