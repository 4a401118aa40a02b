package io.doorbell.testkit.zoo;

import io.doorbell.testkit.mutant.Edit;

import java.util.List;
import java.util.Locale;

/**
 * A historical bug as a few changed lines.
 *
 * @param id of the entry in the collection, such as {@code DB-03}; a letter behind it tells apart
 *     several mutants of one entry
 * @param side where the bug sits
 * @param what the mutant does wrong
 */
public record Mutant(String id, Side side, String what, List<Edit> edits) {
    /** Who has the bug. */
    public enum Side {
        CONTROLLER,
        HOST,
        TRANSPORT;

        /** As it is written. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Mutant {
        edits = List.copyOf(edits);
    }

    /** The class of the entry: its id up to the dash. */
    public String family() {
        return id.substring(0, Math.max(2, id.indexOf('-')));
    }
}
