package io.doorbell.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a document names, {@code Class} or {@code Class.method} in backticks, exists. */
final class NamedTests {
    private static final Path PROJECT = Path.of("..");
    private static final Pattern NAME =
            Pattern.compile("`([A-Z]\\w*[a-z]\\w*)(?:\\.([a-z]\\w+))?`");

    private static final Pattern TEST = Pattern.compile("`\\w+Tests?[.`]");

    private record Name(String type, String method) {}

    private NamedTests() {}

    /** Reads a page of the documentation. */
    static String read(String page) {
        try {
            return Files.readString(PROJECT.resolve("docs").resolve(page));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    /** Whether any test is named. */
    static boolean isIn(String text) {
        return TEST.matcher(text).find();
    }

    /** Looks each name up in the sources, those of other modules too. */
    static void expectAllExist(String document) {
        List<Name> names =
                NAME.matcher(document)
                        .results()
                        .map(found -> new Name(found.group(1), found.group(2)))
                        .distinct()
                        .toList();
        assertThat(names).isNotEmpty();
        var sources =
                sources()
                        .collect(
                                Collectors.toMap(
                                        NamedTests::typeOf, NamedTests::text, (a, _) -> a));
        assertThat(names)
                .allSatisfy(
                        name -> {
                            assertThat(sources).containsKey(name.type());
                            if (name.method() != null) {
                                assertThat(
                                                sources.getOrDefault(name.type(), "")
                                                        .contains(" " + name.method() + "("))
                                        .as("%s has %s", name.type(), name.method())
                                        .isTrue();
                            }
                        });
    }

    private static Stream<Path> sources() {
        try (Stream<Path> modules = Files.list(PROJECT)) {
            return modules
                    .map(module -> module.resolve("src"))
                    .filter(Files::isDirectory)
                    .toList()
                    .stream()
                    .flatMap(NamedTests::javaFiles);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Stream<Path> javaFiles(Path sources) {
        try (Stream<Path> files = Files.walk(sources)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String typeOf(Path file) {
        return file.getFileName().toString().replaceFirst("\\.java$", "");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
