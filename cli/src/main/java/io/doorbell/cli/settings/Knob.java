package io.doorbell.cli.settings;

/**
 * One thing a user can set.
 *
 * @param <T> what its value stands for
 * @param key below {@code doorbell}: "driver.queue-depth"
 * @param type how it is written and checked
 * @param defaultText its value when nobody says anything, as it is written in HOCON
 * @param meaning what it does, as a sentence
 * @param reason why the default is what it is
 */
record Knob<T>(String key, KnobType<T> type, String defaultText, String meaning, String reason) {

    /**
     * The section: "driver" of "driver.queue-depth", "driver.coalescing" one level further down.
     */
    String section() {
        return key.substring(0, key.lastIndexOf('.'));
    }

    /** The last part of the key. */
    String name() {
        return key.substring(key.lastIndexOf('.') + 1);
    }

    /** The unit in a word or two. */
    String unit() {
        return type.unit();
    }

    /** Every accepted value, in words. */
    String range() {
        return type.range();
    }

    /** Whether both texts stand for the same value: 1024KiB and 1MiB do. Both must be valid. */
    boolean sameValue(String one, String other) {
        return valueOf(one).equals(valueOf(other));
    }

    /** What a text stands for that was checked before. */
    T valueOf(String checkedText) {
        try {
            return type.parse(checkedText);
        } catch (BadValueException impossible) {
            throw new IllegalStateException(key + " " + impossible.what(), impossible);
        }
    }

    /** Whether the text is a value of this knob. */
    boolean accepts(String text) {
        try {
            type.parse(text);
            return true;
        } catch (BadValueException refused) {
            return false;
        }
    }
}
