package io.doorbell.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntBinaryOperator;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;

/**
 * Checks that a codec has each field of a dword in the bits it should be in: it reads all of them,
 * reads no other, and replaces just them.
 */
public final class WordLayout {
    /** Replaces a one-bit field. */
    public interface WithFlag {
        int with(int word, boolean value);
    }

    private WordLayout() {}

    /** Checks a field, bits {@code high:low}, that can be read and replaced. */
    public static void field(int high, int low, IntUnaryOperator get, IntBinaryOperator with) {
        field(high, low, get);
        int mask = mask(high, low);
        assertThat(with.applyAsInt(0, mask >>> low)).isEqualTo(mask);
        assertThat(with.applyAsInt(-1, 0)).isEqualTo(~mask);
    }

    /** Checks a field, bits {@code high:low}, that can only be read. */
    public static void field(int high, int low, IntUnaryOperator get) {
        int mask = mask(high, low);
        assertThat(get.applyAsInt(mask)).as("bits %d:%d", high, low).isEqualTo(mask >>> low);
        assertThat(get.applyAsInt(~mask)).as("all but bits %d:%d", high, low).isZero();
        assertThat(get.applyAsInt(1 << low)).as("bit %d", low).isEqualTo(1);
    }

    /** Checks a one-bit field. */
    public static void flag(int bit, IntPredicate get, WithFlag with) {
        int mask = 1 << bit;
        assertThat(get.test(mask)).as("bit %d", bit).isTrue();
        assertThat(get.test(~mask)).as("all but bit %d", bit).isFalse();
        assertThat(with.with(0, true)).isEqualTo(mask);
        assertThat(with.with(-1, false)).isEqualTo(~mask);
    }

    private static int mask(int high, int low) {
        return (int) (-1L >>> (63 - high) & -1L << low);
    }
}
