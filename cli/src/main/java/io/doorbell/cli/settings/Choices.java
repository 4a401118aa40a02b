package io.doorbell.cli.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Words and what they stand for, in the order in which they are shown.
 *
 * @param words lower case
 * @param values one for each word
 */
record Choices<T>(List<String> words, List<T> values) {
    static final Choices<Boolean> TRUE_OR_FALSE =
            new Choices<>(List.of("true", "false"), List.of(true, false));

    Choices {
        words = List.copyOf(words);
        values = List.copyOf(values);
    }

    /**
     * The constants of an enum, written in lower case with dashes: {@code FULL_SPEED} is
     * full-speed.
     */
    static <E extends Enum<E>> Choices<E> of(Class<E> type) {
        List<E> constants = Arrays.asList(type.getEnumConstants());
        return new Choices<>(constants.stream().map(Choices::word).toList(), constants);
    }

    /** The word of an enum constant. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Optional<T> valueOf(String word) {
        int index = words.indexOf(word);
        return index < 0 ? Optional.empty() : Optional.of(values.get(index));
    }
}
