package io.doorbell.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuantityTest {
    @Test
    void time_hasThreeDigitsAndAUnit() {
        assertThat(Quantity.time(0)).isEqualTo("0 ns");
        assertThat(Quantity.time(999)).isEqualTo("999 ns");
        assertThat(Quantity.time(1_000)).isEqualTo("1.00 us");
        assertThat(Quantity.time(99_949)).isEqualTo("99.9 us");
        assertThat(Quantity.time(99_950)).isEqualTo("100 us");
        assertThat(Quantity.time(999_499)).isEqualTo("999 us");
        assertThat(Quantity.time(999_500)).isEqualTo("1.00 ms");
        assertThat(Quantity.time(12_345_000_000_000L)).isEqualTo("12,345 s");
    }

    @Test
    void size_isBinary() {
        assertThat(Quantity.size(1_023)).isEqualTo("1,023 B");
        assertThat(Quantity.size(1_536)).isEqualTo("1.50 KiB");
        assertThat(Quantity.size(192L << 20)).isEqualTo("192 MiB");
    }

    @Test
    void count_separatesThousands() {
        assertThat(Quantity.count(1_234_567)).isEqualTo("1,234,567");
    }
}
