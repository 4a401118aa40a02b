package io.doorbell.spec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Base 2.0 §3.3.3.2, Figures 89 to 92. */
class CompletionEntryTest {
    @ParameterizedTest(name = "status {0}, phase {1}")
    @CsvSource({
        "0x0000, true,  0x00010005, 0x00011005",
        "0x0000, false, 0x00010005, 0x00001005",
        "0x4080, true,  0x00010005, 0x81011005",
        "0x4101, true,  0x00010005, 0x82031005",
        "0x0281, true,  0x00010005, 0x05031005",
    })
    void completionOfCommand1005h_hasTheseDwords(
            String status, boolean phase, String dw2, String dw3) {
        int word = Integer.decode(status);
        long high = CompletionEntry.highQword(5, 1, 0x1005, word, phase);
        assertThat((int) high).isEqualTo((int) (long) Long.decode(dw2));
        assertThat((int) (high >>> 32)).isEqualTo((int) (long) Long.decode(dw3));
        assertThat(CompletionEntry.status(high)).isEqualTo(word);
        assertThat(CompletionEntry.phase(high)).isEqualTo(phase);
        assertThat(CompletionEntry.sqHead(high)).isEqualTo(5);
        assertThat(CompletionEntry.sqId(high)).isEqualTo(1);
        assertThat(CompletionEntry.commandId(high)).isEqualTo(0x1005);
    }

    @Test
    void fieldsOfAllOnes_doNotReachTheirNeighbours() {
        assertThat(CompletionEntry.highQword(-1, 0, 0, 0, false)).isEqualTo(0xFFFFL);
        assertThat(CompletionEntry.highQword(0, -1, 0, 0, false)).isEqualTo(0xFFFF_0000L);
        assertThat(CompletionEntry.highQword(0, 0, -1, 0, false)).isEqualTo(0xFFFFL << 32);
        assertThat(CompletionEntry.highQword(0, 0, 0, 0, true)).isEqualTo(1L << 48);
        assertThat(CompletionEntry.highQword(0, 0, 0, -1, false)).isEqualTo(0xFFFEL << 48);
    }

    @Test
    void everyReaderOfAllOnes_isUnsigned() {
        assertThat(CompletionEntry.sqHead(-1L)).isEqualTo(0xFFFF);
        assertThat(CompletionEntry.sqId(-1L)).isEqualTo(0xFFFF);
        assertThat(CompletionEntry.commandId(-1L)).isEqualTo(0xFFFF);
        assertThat(CompletionEntry.status(-1L)).isEqualTo(0x7FFF);
    }

    @Test
    void lowQword_isDw0ThenDw1() {
        long low = CompletionEntry.lowQword(0x8000_0001, 0x9000_0002);
        assertThat(low).isEqualTo(0x9000_0002_8000_0001L);
        assertThat(CompletionEntry.dw0(low)).isEqualTo(0x8000_0001);
        assertThat(CompletionEntry.dw1(low)).isEqualTo(0x9000_0002);
    }
}
