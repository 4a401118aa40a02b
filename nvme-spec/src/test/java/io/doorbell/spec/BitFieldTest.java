package io.doorbell.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** How the layouts place bits. */
class BitFieldTest {
    @Test
    void wholeWords_areFieldsToo() {
        assertThat(BitField.of(31, 0).get(-1)).isEqualTo(-1);
        assertThat(BitField.of(31, 0).set(0, 0x8000_0001)).isEqualTo(0x8000_0001);
        assertThat(BitField.of(63, 0).get(-1L)).isEqualTo(-1L);
        assertThat(BitField.of(63, 0).set(0L, -1L)).isEqualTo(-1L);
        assertThat(BitField.bit(63).set(0L, true)).isEqualTo(Long.MIN_VALUE);
        assertThat(BitField.bit(31).set(0, true)).isEqualTo(Integer.MIN_VALUE);
    }

    @Test
    void set_keepsTheOtherBits() {
        assertThat(BitField.of(10, 7).set(-1, 5)).isEqualTo(0xFFFF_FAFF);
        assertThat(BitField.of(10, 7).set(0x8000_0001, 5)).isEqualTo(0x8000_0281);
    }

    @Test
    void valueOrFieldThatCannotBe_isRefused() {
        assertThatThrownBy(() -> BitField.of(10, 7).set(0, 16))
                .hasMessage("16 does not fit bits 10:7, which hold 0 to 15.");
        assertThatThrownBy(() -> BitField.of(10, 7).set(0, -1))
                .hasMessage("4294967295 does not fit bits 10:7, which hold 0 to 15.");
        assertThatThrownBy(() -> BitField.of(7, 10))
                .hasMessage("Bits 7:10 are no field; need 63 >= high >= low >= 0.");
        assertThatThrownBy(() -> BitField.bit(64)).isInstanceOf(IllegalArgumentException.class);
    }
}
