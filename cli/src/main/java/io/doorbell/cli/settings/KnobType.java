package io.doorbell.cli.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How the value of a knob is written, checked and described.
 *
 * @param <T> what a valid text stands for; sizes are in bytes, times in nanoseconds
 */
sealed interface KnobType<T> {

    /**
     * What {@code text} stands for.
     *
     * @throws BadValueException naming the fault and the nearest valid choice
     */
    T parse(String text) throws BadValueException;

    /** The unit in a word or two: "size", "time", "entries", "true or false". */
    String unit();

    /** Every accepted value, in words: "2 to 65536 entries". */
    String range();

    /** One special word, or a value of another type; the word reads as empty. */
    record OrWord<T>(String word, KnobType<T> type) implements KnobType<Optional<T>> {
        @Override
        public Optional<T> parse(String text) throws BadValueException {
            if (text.equals(word)) {
                return Optional.empty();
            }
            if (Nearest.to(text, List.of(word)).isPresent()) {
                throw new BadValueException("is '" + text + "'.", "Did you mean '" + word + "'?");
            }
            return Optional.of(type.parse(text));
        }

        @Override
        public String unit() {
            return type.unit();
        }

        @Override
        public String range() {
            return word + ", or " + type.range();
        }
    }

    /** The path of a file, relative to the file that says it. */
    record FilePath() implements KnobType<Path> {
        @Override
        public Path parse(String text) throws BadValueException {
            if (text.isBlank() || text.indexOf('\0') >= 0) {
                throw new BadValueException("is no path of a file: '" + text + "'.", "");
            }
            return Path.of(text);
        }

        @Override
        public String unit() {
            return "path";
        }

        @Override
        public String range() {
            return "the path of a file, relative to the file that says it";
        }
    }

    /** A number, with a unit unless it counts something. */
    record Amount(Measure measure, long least, long most, Grid grid) implements KnobType<Long> {
        @Override
        public Long parse(String text) throws BadValueException {
            long value = measure.parse(text, least, most);
            long nearest = grid.nearest(value, least, most);
            if (nearest != value) {
                throw new BadValueException(
                        "is " + text + ", but must be " + grid.text(measure) + ".",
                        "The nearest is " + measure.text(nearest) + ".");
            }
            return value;
        }

        @Override
        public String unit() {
            return measure.unit();
        }

        @Override
        public String range() {
            return grid.range(measure, least, most);
        }
    }

    /** One of a few words, each standing for a value. */
    record Choice<T>(Choices<T> choices) implements KnobType<T> {
        @Override
        public T parse(String text) throws BadValueException {
            Optional<T> value = choices.valueOf(text);
            if (value.isPresent()) {
                return value.get();
            }
            throw new BadValueException(
                    "is '" + text + "', which is none of its words.",
                    Nearest.to(text, choices.words())
                            .map(word -> "Did you mean '" + word + "'?")
                            .orElse(""));
        }

        @Override
        public String unit() {
            return "word";
        }

        @Override
        public String range() {
            return String.join(" | ", choices.words());
        }
    }
}
