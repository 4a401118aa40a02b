package io.doorbell.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.ObjIntConsumer;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/** Checks that a command has each field in the bits of the command dword it should be in. */
public final class CommandLayout {
    /** Sets a one-bit field. */
    public interface FlagSetter {
        SubmissionEntry set(SubmissionEntry entry, boolean value);
    }

    /** Sets a 64-bit field. */
    public interface LongSetter {
        SubmissionEntry set(SubmissionEntry entry, long value);
    }

    private static final ValueLayout.OfInt DWORD =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final byte[] bytes = new byte[SubmissionEntry.SIZE_BYTES];
    private final MemorySegment memory = MemorySegment.ofArray(bytes);
    private final SubmissionEntry entry = new SubmissionEntry().wrap(memory, 0);

    /** Checks a field of command dword {@code dword}, bits {@code high:low}. */
    public CommandLayout field(
            int dword,
            int high,
            int low,
            ToIntFunction<SubmissionEntry> get,
            ObjIntConsumer<SubmissionEntry> set) {
        int mask = (int) (-1L >>> (63 - high) & -1L << low);
        all(0);
        set.accept(entry, mask >>> low);
        expectOnly(dword, 0, mask);
        assertThat(get.applyAsInt(entry)).isEqualTo(mask >>> low);
        all(0xFF);
        set.accept(entry, 0);
        expectOnly(dword, -1, ~mask);
        assertThat(get.applyAsInt(entry)).isZero();
        return this;
    }

    /** Checks a one-bit field. */
    public CommandLayout flag(int dword, int bit, Predicate<SubmissionEntry> get, FlagSetter set) {
        return field(
                dword,
                bit,
                bit,
                e -> get.test(e) ? 1 : 0,
                (e, value) -> assertThat(set.set(e, value != 0)).isSameAs(e));
    }

    /** Checks a field of dwords {@code dword} (low) and {@code dword + 1}. */
    public CommandLayout qword(int dword, ToLongFunction<SubmissionEntry> get, LongSetter set) {
        all(0);
        set.set(entry, 0x8877_6655_4433_2211L);
        assertThat(memory.get(DWORD, 4L * dword)).isEqualTo(0x4433_2211);
        assertThat(memory.get(DWORD, 4L * dword + 4)).isEqualTo(0x8877_6655);
        assertThat(get.applyAsLong(entry)).isEqualTo(0x8877_6655_4433_2211L);
        return this;
    }

    /** An entry of zeros, for what is not a plain field. */
    public SubmissionEntry entry() {
        all(0);
        return entry;
    }

    private void all(int value) {
        Arrays.fill(bytes, (byte) value);
    }

    private void expectOnly(int dword, int others, int expected) {
        for (int i = 0; i < SubmissionEntry.SIZE_BYTES / 4; i++) {
            assertThat(memory.get(DWORD, 4L * i))
                    .as("dword %d", i)
                    .isEqualTo(i == dword ? expected : others);
        }
    }
}
