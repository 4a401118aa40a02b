package io.doorbell.cli.settings;

/**
 * A knob and its present value, in words.
 *
 * @param key below {@code doorbell}
 * @param meaning what it does, as a sentence
 * @param unit in a word or two
 * @param range every accepted value
 * @param defaultText its value when nobody says anything
 * @param reason why that is the default
 * @param text its present value, as it was written
 * @param origin who said it: file and line, "command line --set" or "default"
 * @param changed whether it means something else than the default
 */
public record KnobSetting(
        String key,
        String meaning,
        String unit,
        String range,
        String defaultText,
        String reason,
        String text,
        String origin,
        boolean changed) {}
