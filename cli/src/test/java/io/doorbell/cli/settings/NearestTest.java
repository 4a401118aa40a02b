package io.doorbell.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

class NearestTest {
    private static final List<String> WORDS = List.of("memory", "file", "null", "pattern");

    @Test
    void typingError_findsTheWord() {
        assertThat(Nearest.to("memroy", WORDS)).contains("memory");
        assertThat(Nearest.to("Null", WORDS)).contains("null");
        assertThat(Nearest.to("filr", WORDS)).contains("file");
    }

    @Test
    void somethingElse_findsNothing() {
        assertThat(Nearest.to("disk", WORDS)).isEmpty();
        assertThat(Nearest.to("", WORDS)).isEmpty();
    }

    @Test
    void distance_countsInsertionsDeletionsReplacementsAndSwaps() {
        assertThat(Nearest.distance("", "abc")).isEqualTo(3);
        assertThat(Nearest.distance("abc", "ac")).isEqualTo(1);
        assertThat(Nearest.distance("abc", "axc")).isEqualTo(1);
        assertThat(Nearest.distance("abc", "acb")).isEqualTo(1);
        assertThat(Nearest.distance("abc", "abc")).isZero();
    }
}
