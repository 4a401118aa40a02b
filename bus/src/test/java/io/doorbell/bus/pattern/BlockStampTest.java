package io.doorbell.bus.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

class BlockStampTest {
    private static final long LBA = 0x1234_5678_9ABCL;

    private static MemorySegment stamped(BlockStamp stamp, long lba, long version) {
        MemorySegment block = Arena.ofAuto().allocate(stamp.blockBytes(), 8);
        stamp.write(block, 0, lba, version);
        return block;
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 4096})
    void aStamp_matchesItselfAndIsIdentified(int blockBytes) {
        BlockStamp stamp = new BlockStamp(99, blockBytes);
        MemorySegment block = stamped(stamp, LBA, 7);
        assertThat(stamp.matches(block, 0, LBA, 7)).isTrue();
        assertThat(stamp.identify(block, 0)).isEqualTo(new BlockContent.Stamp(LBA, 7, 99));
        assertThat(block.asSlice(0, 8).toArray(ValueLayout.JAVA_BYTE))
                .asString(StandardCharsets.US_ASCII)
                .isEqualTo("BDBSTAMP");
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 4096})
    void anotherAddressVersionOrSeed_doesNotMatch(int blockBytes) {
        BlockStamp stamp = new BlockStamp(99, blockBytes);
        MemorySegment block = stamped(stamp, LBA, 7);
        assertThat(stamp.matches(block, 0, LBA + 1, 7)).isFalse();
        assertThat(stamp.matches(block, 0, LBA, 6)).isFalse();
        assertThat(new BlockStamp(98, blockBytes).matches(block, 0, LBA, 7)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 4096})
    void everyFlippedBit_isNoticed(int blockBytes) {
        BlockStamp stamp = new BlockStamp(99, blockBytes);
        MemorySegment block = stamped(stamp, LBA, 7);
        for (int bit = 0; bit < blockBytes * 8; bit++) {
            flip(block, bit);
            assertThat(stamp.matches(block, 0, LBA, 7)).as("bit %d", bit).isFalse();
            assertThat(stamp.identify(block, 0)).isNotInstanceOf(BlockContent.Stamp.class);
            flip(block, bit);
        }
        assertThat(stamp.matches(block, 0, LBA, 7)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 4096})
    void everyTear_isRecognisedWithBothVersions(int blockBytes) {
        BlockStamp stamp = new BlockStamp(99, blockBytes);
        MemorySegment old = stamped(stamp, LBA, 3);
        for (int at = BlockStamp.PAYLOAD_OFFSET_BYTES; at < blockBytes; at += 8) {
            MemorySegment block = stamped(stamp, LBA, 4);
            block.asSlice(at).copyFrom(old.asSlice(at));
            assertThat(stamp.identify(block, 0))
                    .isEqualTo(new BlockContent.Torn(LBA, 4, 99, at, 3));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 4096})
    void aFlippedByte_isDamageAtThatByte(int blockBytes) {
        BlockStamp stamp = new BlockStamp(99, blockBytes);
        MemorySegment block = stamped(stamp, LBA, 4);
        flip(block, 401 * 8 + 3);
        assertThat(stamp.identify(block, 0)).isEqualTo(new BlockContent.Damaged(LBA, 4, 99, 401));
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 4096})
    void zerosAndStrangers_areToldApart(int blockBytes) {
        BlockStamp stamp = new BlockStamp(99, blockBytes);
        MemorySegment block = Arena.ofAuto().allocate(blockBytes, 8);
        assertThat(stamp.identify(block, 0)).isEqualTo(new BlockContent.Zeros());
        block.set(ValueLayout.JAVA_BYTE, blockBytes - 1L, (byte) 1);
        assertThat(stamp.identify(block, 0)).isEqualTo(new BlockContent.Unknown(0));
    }

    private static void flip(MemorySegment block, int bit) {
        int at = bit / 8;
        byte old = block.get(ValueLayout.JAVA_BYTE, at);
        block.set(ValueLayout.JAVA_BYTE, at, (byte) (old ^ (1 << (bit % 8))));
    }
}
