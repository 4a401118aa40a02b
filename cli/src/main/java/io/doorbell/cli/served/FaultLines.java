package io.doorbell.cli.served;

import io.doorbell.cli.lab.InputException;
import io.doorbell.simulation.fault.Fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Faults as {@code --faults} says them: each a fault, or a file with one in a line. */
public final class FaultLines {
    private static final String COMMENT = "#";

    private FaultLines() {}

    /**
     * The faults that are said, in order.
     *
     * @param folder where relative paths start
     * @throws InputException if a word is neither a fault nor a file of faults
     */
    public static List<Fault> of(List<String> words, Path folder) throws InputException {
        List<Fault> faults = new ArrayList<>();
        for (String word : words) {
            Path file = folder.resolve(word).normalize();
            if (Files.isRegularFile(file)) {
                faults.addAll(read(file));
            } else {
                faults.add(parse(word));
            }
        }
        return faults;
    }

    private static Fault parse(String word) throws InputException {
        try {
            return Fault.parse(word);
        } catch (IllegalArgumentException refused) {
            throw InputException.of(
                    "--faults " + refused.getMessage(),
                    "Or name a file with a fault in each line.");
        }
    }

    private static List<Fault> read(Path file) throws InputException {
        List<String> lines = lines(file);
        List<Fault> faults = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith(COMMENT)) {
                continue;
            }
            try {
                faults.add(Fault.parse(line));
            } catch (IllegalArgumentException refused) {
                throw InputException.inFile(file, i + 1, refused.getMessage() + "", "");
            }
        }
        return faults;
    }

    private static List<String> lines(Path file) throws InputException {
        try {
            return Files.readAllLines(file);
        } catch (IOException error) {
            throw InputException.inFile(
                    file, 0, "These faults cannot be read: " + error.getMessage() + ".", "");
        }
    }
}
