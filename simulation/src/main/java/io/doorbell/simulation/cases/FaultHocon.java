package io.doorbell.simulation.cases;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;

import io.doorbell.simulation.fault.Fault;

import java.util.Map;
import java.util.TreeMap;

/**
 * Faults in HOCON, in either of two forms:
 *
 * <pre>
 *  "lose at interrupt/2 nth 3"
 *  { kind = lose, site = interrupt/2, nth = 3 }
 * </pre>
 */
public final class FaultHocon {
    private FaultHocon() {}

    /**
     * Reads one fault.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong
     */
    public static Fault read(ConfigValue value) {
        if (value instanceof ConfigObject section) {
            Map<String, String> words = new TreeMap<>();
            for (String key : section.keySet()) {
                words.put(key, word(key, section.get(key)));
            }
            return Fault.parse(words);
        }
        if (value.valueType() == ConfigValueType.STRING) {
            return Fault.parse(String.valueOf(value.unwrapped()));
        }
        throw new IllegalArgumentException(
                "%s is not a fault. Write it in quotes, or as { kind = lose, site = interrupt/2 }."
                        .formatted(RecordText.shown(value)));
    }

    private static String word(String key, ConfigValue value) {
        return switch (value.valueType()) {
            case STRING, NUMBER -> String.valueOf(value.unwrapped());
            default ->
                    throw new IllegalArgumentException(
                            "%s %s is neither a word nor a number."
                                    .formatted(key, RecordText.shown(value)));
        };
    }
}
