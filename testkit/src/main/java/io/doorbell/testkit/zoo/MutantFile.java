package io.doorbell.testkit.zoo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.doorbell.testkit.mutant.Edit;
import io.doorbell.testkit.zoo.Mutant.Side;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads mutants as people write them. Lines that begin with {@code #} before the first mutant are
 * comments.
 *
 * <pre>
 *  == DB-03 controller
 *  takes a tail that is not below the size of the queue
 *  --- controller/queue/DoorbellMemory.java
 *  lines that occur there exactly once
 *  +++
 *  lines to have there instead
 * </pre>
 */
public final class MutantFile {
    private static final List<String> SHIPPED =
            List.of(
                    "doorbells",
                    "shadows",
                    "phases",
                    "completions",
                    "interrupts",
                    "identifiers",
                    "queues",
                    "resets",
                    "admin",
                    "data",
                    "order");

    private final String name;
    private final List<Mutant> mutants = new ArrayList<>();
    private int number;
    private String id = "";
    private Side side = Side.CONTROLLER;
    private final List<String> what = new ArrayList<>();
    private final List<Edit> edits = new ArrayList<>();
    private String file = "";
    private final List<String> original = new ArrayList<>();
    private final List<String> replacement = new ArrayList<>();
    private List<String> section = what;

    private MutantFile(String name) {
        this.name = name;
    }

    /** The mutants that come with the product, in the order of the collection. */
    public static List<Mutant> shipped() {
        List<Mutant> all = new ArrayList<>();
        for (String each : SHIPPED) {
            all.addAll(read(each, resource(each + ".mutants")));
        }
        return all;
    }

    /** Entries that are no mistake here, a line each: its id, whose it is, and why it is none. */
    public static List<String> equivalents() {
        return resource("equivalent.txt").lines().toList();
    }

    private static String resource(String name) {
        try (InputStream stream = MutantFile.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException(name + " is not there.");
            }
            return new String(stream.readAllBytes(), UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * The mutants of a file of the user's.
     *
     * @throws IllegalArgumentException if it cannot be read, with a sentence that says where and
     *     why
     */
    public static List<Mutant> read(Path path) {
        try {
            return read(path.toString(), Files.readString(path));
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(
                    path + " cannot be read: " + unreadable.getMessage() + ".", unreadable);
        }
    }

    static List<Mutant> read(String name, String text) {
        MutantFile reader = new MutantFile(name);
        text.lines().forEach(reader::line);
        reader.endMutant();
        return reader.mutants;
    }

    private void line(String line) {
        number++;
        if (line.startsWith("== ")) {
            endMutant();
            begin(line.substring(3).strip().split("\\s+", -1));
        } else if (id.isEmpty()) {
            if (!line.isBlank() && !line.startsWith("#")) {
                throw wrong(
                        "'%s' belongs to no mutant; begin one with '== ID SIDE'".formatted(line));
            }
        } else if (line.startsWith("--- ")) {
            endEdit();
            file = line.substring(4).strip();
            section = original;
        } else if (line.equals("+++")) {
            section = replacement;
        } else {
            section.add(line);
        }
    }

    private void begin(String[] words) {
        if (words.length != 2) {
            throw wrong("a mutant begins with '== ID SIDE'");
        }
        id = words[0];
        try {
            side = Side.valueOf(words[1].toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw wrong("'%s' is no side; use controller, host or transport".formatted(words[1]));
        }
        section = what;
    }

    private void endEdit() {
        if (!file.isEmpty()) {
            String text = joined(original);
            if (text.isBlank()) {
                throw wrong("the edit of %s says nothing to look for".formatted(file));
            }
            edits.add(new Edit(file, text, joined(replacement)));
        }
        file = "";
        original.clear();
        replacement.clear();
    }

    private void endMutant() {
        if (id.isEmpty()) {
            return;
        }
        endEdit();
        if (edits.isEmpty()) {
            throw wrong(id + " changes nothing");
        }
        mutants.add(new Mutant(id, side, String.join(" ", what).strip(), edits));
        id = "";
        what.clear();
        edits.clear();
    }

    /** Blank lines at the end only separate. */
    private static String joined(List<String> lines) {
        return String.join("\n", lines).stripTrailing();
    }

    private IllegalArgumentException wrong(String sentence) {
        return new IllegalArgumentException("%s:%d: %s.".formatted(name, number, sentence));
    }
}
