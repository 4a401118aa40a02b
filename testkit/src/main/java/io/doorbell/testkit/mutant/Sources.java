package io.doorbell.testkit.mutant;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The sources of the project, to be changed in memory. */
public final class Sources {
    private static final Path PACKAGE = Path.of("src", "main", "java", "io", "doorbell");

    private final List<Path> roots;

    private Sources(List<Path> roots) {
        this.roots = roots;
    }

    /**
     * The sources of all modules of a project.
     *
     * @throws IllegalArgumentException if there are none
     */
    public static Sources of(Path project) {
        try (Stream<Path> modules = Files.list(project)) {
            List<Path> roots =
                    modules.map(module -> module.resolve(PACKAGE))
                            .filter(Files::isDirectory)
                            .sorted()
                            .toList();
            if (!roots.isEmpty()) {
                return new Sources(roots);
            }
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(
                    project + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
        throw new IllegalArgumentException(
                project
                        + " holds no sources. Mutants are made from them: give the folder of a"
                        + " checkout.");
    }

    /**
     * The files that the edits change, as they are then, by name below {@code io/doorbell}.
     *
     * @throws IllegalArgumentException if a file is not there, or not exactly once the text
     */
    public Map<String, String> edited(String mutant, List<Edit> edits) {
        Map<String, String> files = new LinkedHashMap<>();
        for (Edit edit : edits) {
            String source = files.containsKey(edit.file()) ? files.get(edit.file()) : null;
            if (source == null) {
                source = read(mutant, edit.file());
            }
            int first = source.indexOf(edit.original());
            if (first < 0 || source.indexOf(edit.original(), first + 1) >= 0) {
                throw new IllegalArgumentException(
                        "'%s' edits text that is in %s %s: %s"
                                .formatted(
                                        mutant,
                                        edit.file(),
                                        first < 0 ? "not at all" : "more than once",
                                        edit.original()));
            }
            files.put(edit.file(), source.replace(edit.original(), edit.replacement()));
        }
        return files;
    }

    private String read(String mutant, String file) {
        for (Path root : roots) {
            Path path = root.resolve(file);
            if (Files.isRegularFile(path)) {
                try {
                    return Files.readString(path);
                } catch (IOException unreadable) {
                    throw new IllegalArgumentException(
                            path + " cannot be read: " + unreadable.getMessage(), unreadable);
                }
            }
        }
        throw new IllegalArgumentException(
                "'%s' edits %s, which is not there.".formatted(mutant, file));
    }
}
