package io.doorbell.testkit.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The README shows each example as it is. */
class ReadmeTest {
    private static final Path EXAMPLES = Path.of("src/test/java/io/doorbell/testkit/examples");
    private static final int LINES_MAX = 60;

    static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files.filter(file -> file.toString().endsWith("Test.java"))
                    .filter(file -> !file.endsWith("ReadmeTest.java"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void thereAreThreeExamples() throws IOException {
        assertThat(examples()).hasSize(3);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void readme_showsTheExample(Path example) throws IOException {
        String source = Files.readString(example);
        assertThat(source.lines().count()).isLessThan(LINES_MAX);
        String body = source.substring(source.lastIndexOf("\nimport ") + 1);
        String withoutImports = body.substring(body.indexOf('\n')).strip();
        assertThat(Files.readString(Path.of("README.md")))
                .contains("```java\n" + withoutImports + "\n```");
    }
}
