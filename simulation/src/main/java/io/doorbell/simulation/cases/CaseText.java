package io.doorbell.simulation.cases;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;

import io.doorbell.simulation.cases.Case.Ending;
import io.doorbell.simulation.choice.Choice;
import io.doorbell.simulation.fault.Fault;
import io.doorbell.simulation.lab.Scenario;
import io.doorbell.simulation.lab.Strategy;
import io.doorbell.simulation.trace.TraceHash;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Cases as HOCON:
 *
 * <pre>
 *  format = 1
 *  build = "0.1.0"
 *  seed = 17
 *  ending { cause = "…", problem = "…", steps = 4711, trace-hash = "0123456789abcdef" }
 *  scenario { queue-pairs = 4, … }
 *  strategy { overtaking = 0.3, … }
 *  faults = [ "lose at interrupt/2 nth 3" ]
 *  choices { "interrupt" = "3 17=4" }
 * </pre>
 */
final class CaseText {
    private static final int FORMAT = 1;
    private static final List<String> KEYS =
            List.of(
                    "format",
                    "build",
                    "seed",
                    "ending",
                    "scenario",
                    "strategy",
                    "faults",
                    "choices");
    private static final List<String> ENDING_KEYS =
            List.of("cause", "problem", "steps", "trace-hash");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{16}");

    private CaseText() {}

    static String write(Case theCase) {
        StringBuilder text = new StringBuilder();
        Ending ending = theCase.ending();
        text.append(
                        "# A run of Doorbell. Again: doorbell replay FILE, smaller: doorbell shrink FILE\n")
                .append("format = " + FORMAT + "\n")
                .append("build = " + ConfigUtil.quoteString(theCase.build()) + "\n")
                .append("seed = " + theCase.seed() + "\n\n")
                .append("ending {\n")
                .append("  cause = " + ConfigUtil.quoteString(ending.cause()) + "\n")
                .append("  problem = " + ConfigUtil.quoteString(ending.problem()) + "\n")
                .append("  steps = " + ending.steps() + "\n")
                .append("  trace-hash = \"" + TraceHash.text(ending.traceHash()) + "\"\n")
                .append("}\n\n");
        RecordText.write(text, "", "scenario", theCase.scenario());
        RecordText.write(text.append('\n'), "", "strategy", theCase.strategy());
        text.append("\nfaults = [\n");
        for (Fault fault : theCase.faults()) {
            text.append("  ").append(ConfigUtil.quoteString(fault.toString())).append('\n');
        }
        text.append(
                "]\n\n# Where the run left the ordinary course: at each site OCCURRENCE=VALUE.\n");
        text.append("choices {\n");
        ChoiceText.write(text, theCase.choices());
        return text.append("}\n").toString();
    }

    static Case read(String text) throws CaseException {
        ConfigObject root = parse(text);
        ConfigValue format = root.get("format");
        if (format == null) {
            throw new CaseException(
                    0,
                    "This is no case: it has no 'format = " + FORMAT + "'.",
                    "Cases are written by 'doorbell explore' and 'doorbell run --case'.");
        }
        if (!format.unwrapped().equals(FORMAT)) {
            throw new CaseException(
                    RecordText.line(format),
                    "This is a case of format "
                            + format.unwrapped()
                            + "; this build reads "
                            + FORMAT
                            + ".",
                    "Use the build that wrote it: " + root.get("build") + ".");
        }
        refuseUnknown(root, KEYS);
        ConfigObject ending = section(root, "ending");
        refuseUnknown(ending, ENDING_KEYS);
        return new Case(
                string(root, "build"),
                number(root, "seed"),
                RecordText.read(section(root, "scenario"), Scenario.SMALL),
                RecordText.read(section(root, "strategy"), Strategy.ORDINARY),
                faults(root.get("faults")),
                choices(section(root, "choices")),
                new Ending(
                        string(ending, "cause"),
                        string(ending, "problem"),
                        number(ending, "steps"),
                        hash(ending)));
    }

    private static ConfigObject parse(String text) throws CaseException {
        try {
            return ConfigFactory.parseString(text).root();
        } catch (ConfigException fault) {
            ConfigOrigin origin = fault.origin();
            String message = String.valueOf(fault.getMessage());
            throw new CaseException(
                    origin == null ? 0 : Math.max(0, origin.lineNumber()),
                    "This is not HOCON: " + message.replaceFirst("^String: \\d+: ", ""),
                    "A case is written by 'doorbell explore'; was it cut off?");
        }
    }

    private static void refuseUnknown(ConfigObject section, List<String> known)
            throws CaseException {
        for (String key : section.keySet().stream().sorted().toList()) {
            if (!known.contains(key)) {
                throw new CaseException(
                        RecordText.line(section.get(key)),
                        "'" + key + "' is not known here.",
                        "There are: " + String.join(", ", known) + ".");
            }
        }
    }

    private static ConfigObject section(ConfigObject of, String key) throws CaseException {
        if (of.get(key) instanceof ConfigObject section) {
            return section;
        }
        throw missing(of, key, "a section");
    }

    private static String string(ConfigObject of, String key) throws CaseException {
        ConfigValue value = of.get(key);
        if (value != null && value.unwrapped() instanceof String string) {
            return string;
        }
        throw missing(of, key, "a text");
    }

    private static long number(ConfigObject of, String key) throws CaseException {
        ConfigValue value = of.get(key);
        if (value != null
                && (value.unwrapped() instanceof Integer || value.unwrapped() instanceof Long)) {
            return ((Number) value.unwrapped()).longValue();
        }
        throw missing(of, key, "a whole number");
    }

    private static long hash(ConfigObject ending) throws CaseException {
        String hash = string(ending, "trace-hash");
        if (!HASH.matcher(hash).matches()) {
            throw new CaseException(
                    RecordText.line(ending.get("trace-hash")),
                    "'" + hash + "' is no trace hash.",
                    "It has 16 hexadecimal digits, in quotes.");
        }
        return Long.parseUnsignedLong(hash, 16);
    }

    private static CaseException missing(ConfigObject of, String key, String kind) {
        @Nullable ConfigValue value = of.get(key);
        return value == null
                ? new CaseException(
                        RecordText.line(of), "'" + key + "' is missing.", "It is " + kind + ".")
                : new CaseException(
                        RecordText.line(value),
                        "'%s' cannot be %s.".formatted(key, RecordText.shown(value)),
                        "It is " + kind + ".");
    }

    private static List<Fault> faults(@Nullable ConfigValue value) throws CaseException {
        if (!(value instanceof ConfigList list)) {
            throw new CaseException(
                    RecordText.line(value),
                    "'faults' is no list.",
                    "Write faults = [], or one fault in quotes on each line.");
        }
        List<Fault> faults = new ArrayList<>();
        for (ConfigValue each : list) {
            try {
                faults.add(FaultHocon.read(each));
            } catch (IllegalArgumentException refused) {
                throw new CaseException(RecordText.line(each), refused.getMessage() + "", "");
            }
        }
        return faults;
    }

    private static List<Choice> choices(ConfigObject sites) throws CaseException {
        return ChoiceText.read(sites);
    }
}
