package io.doorbell.testkit.deviation;

import io.doorbell.testkit.mutant.Edit;

import java.util.List;

/**
 * One rule of the specification that a controller breaks, as an edit of our own.
 *
 * @param name short, for the table
 * @param rule what the deviant controller does wrong
 * @param file below {@code controller-actors/src/main/java/io/doorbell/controller}
 * @param original text that occurs there exactly once
 * @param replacement what it becomes
 */
record Deviation(String name, String rule, String file, String original, String replacement) {
    List<Edit> edits() {
        return List.of(new Edit("controller/" + file, original, replacement));
    }

    @Override
    public String toString() {
        return name;
    }
}
