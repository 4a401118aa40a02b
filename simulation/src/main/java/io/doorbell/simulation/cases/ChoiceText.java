package io.doorbell.simulation.cases;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;

import io.doorbell.simulation.choice.Choice;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Choices by site: {@code "interrupt" = "3 17=4"} is value 1 the 3rd time and value 4 the 17th,
 * counted from 0.
 */
final class ChoiceText {
    private static final int COLUMNS = 96;
    private static final String INDENT = "\n    ";
    private static final String QUOTES = "\"\"\"";
    private static final Pattern WORD =
            Pattern.compile("(?<occurrence>\\d{1,18})(?:=(?<value>\\d{1,9}))?");

    private ChoiceText() {}

    /** By site, and in each in order of occurrence. */
    static List<Choice> sorted(List<Choice> choices) {
        return choices.stream()
                .sorted(Comparator.comparing(Choice::site).thenComparingLong(Choice::occurrence))
                .toList();
    }

    static void write(StringBuilder text, List<Choice> sorted) {
        Map<String, StringBuilder> bySite = new TreeMap<>();
        for (Choice choice : sorted) {
            StringBuilder line = bySite.computeIfAbsent(choice.site(), _ -> new StringBuilder());
            String word = word(choice);
            if (!line.isEmpty()) {
                int column = line.length() - Math.max(0, line.lastIndexOf("\n"));
                line.append(column + word.length() > COLUMNS ? INDENT : " ");
            }
            line.append(word);
        }
        bySite.forEach(
                (site, words) -> {
                    boolean oneLine = words.indexOf("\n") < 0;
                    text.append("  ").append(ConfigUtil.quoteString(site)).append(" = ");
                    text.append(oneLine ? "\"" : QUOTES + INDENT).append(words);
                    text.append(oneLine ? "\"" : QUOTES).append('\n');
                });
    }

    private static String word(Choice choice) {
        return choice.value() == 1
                ? Long.toString(choice.occurrence())
                : choice.occurrence() + "=" + choice.value();
    }

    static List<Choice> read(ConfigObject sites) throws CaseException {
        List<Choice> choices = new ArrayList<>();
        for (String site : sites.keySet()) {
            ConfigValue value = sites.get(site);
            if (value == null || !(value.unwrapped() instanceof String words)) {
                throw new CaseException(
                        RecordText.line(value),
                        "The choices of '" + site + "' are no text.",
                        "Write them as \"OCCURRENCE=VALUE OCCURRENCE=VALUE\".");
            }
            for (String word : words.strip().split("\\s+", -1)) {
                choices.add(read(site, word, value));
            }
        }
        return choices;
    }

    private static Choice read(String site, String word, ConfigValue place) throws CaseException {
        Matcher matcher = WORD.matcher(word);
        if (!matcher.matches()) {
            throw new CaseException(
                    RecordText.line(place),
                    "'%s' is no choice of '%s'.".formatted(word, site),
                    "Write OCCURRENCE=VALUE, two numbers, such as 17=4; =1 may be left out.");
        }
        String value = matcher.group("value");
        return new Choice(
                site,
                Long.parseLong(matcher.group("occurrence")),
                value == null ? 1 : Integer.parseInt(value));
    }
}
