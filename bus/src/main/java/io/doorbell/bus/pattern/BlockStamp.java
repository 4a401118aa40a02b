package io.doorbell.bus.pattern;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * The content of every block a workload writes: it names its own address and version, so that a
 * block found anywhere tells where it belongs. Little-endian 64-bit words:
 *
 * <pre>
 *  byte 0        8       16        24       32                            blockBytes
 *       | magic  | LBA   | version | seed   | word 4 | word 5 | ...               |
 *                                             word i = key(seed, LBA, version) + i * golden
 * </pre>
 *
 * <p>There is no checksum. The words are a function of the header, so comparing them checks every
 * bit, exactly, and says at which byte a torn block breaks. Measured on 4 KiB: comparing 170 ns,
 * filling 100 ns; CRC32C 80 ns on top of filling, and a buffer object for each block; a mixing hash
 * over the words 690 ns. Stamping plus checking costs the same as with CRC32C.
 *
 * @param seed tells the stamps of one run or namespace from those of another
 * @param blockBytes 512 or 4096
 */
public record BlockStamp(long seed, int blockBytes) {
    static final long MAGIC = 0x504D_4154_5342_4442L; // "BDBSTAMP" in memory
    static final int LBA_OFFSET_BYTES = 8;
    static final int VERSION_OFFSET_BYTES = 16;
    static final int SEED_OFFSET_BYTES = 24;
    static final int PAYLOAD_OFFSET_BYTES = 32;
    static final int WORD_BYTES = Long.BYTES;

    /** More writes than any run makes; tells versions from noise. */
    public static final long VERSION_MAX = 1L << 48;

    private static final ValueLayout.OfLong WORD =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** The version in the header of a block, if it is a stamp at all; {@link #matches} says so. */
    public static long versionOf(MemorySegment data, long offsetBytes) {
        return data.get(WORD, offsetBytes + VERSION_OFFSET_BYTES);
    }

    /** The seed in the header of a block, if it is a stamp at all; {@link #matches} says so. */
    public static long seedOf(MemorySegment data, long offsetBytes) {
        return data.get(WORD, offsetBytes + SEED_OFFSET_BYTES);
    }

    /** Fills one block. */
    public void write(MemorySegment data, long offsetBytes, long lba, long version) {
        data.set(WORD, offsetBytes, MAGIC);
        data.set(WORD, offsetBytes + LBA_OFFSET_BYTES, lba);
        data.set(WORD, offsetBytes + VERSION_OFFSET_BYTES, version);
        data.set(WORD, offsetBytes + SEED_OFFSET_BYTES, seed);
        long word = firstPayloadWord(seed, lba, version);
        for (int at = PAYLOAD_OFFSET_BYTES; at < blockBytes; at += WORD_BYTES) {
            data.set(WORD, offsetBytes + at, word);
            word += SplitMix.GOLDEN;
        }
    }

    /** True when the block is, bit for bit, this version of this address. */
    public boolean matches(MemorySegment data, long offsetBytes, long lba, long version) {
        long difference = data.get(WORD, offsetBytes) ^ MAGIC;
        difference |= data.get(WORD, offsetBytes + LBA_OFFSET_BYTES) ^ lba;
        difference |= data.get(WORD, offsetBytes + VERSION_OFFSET_BYTES) ^ version;
        difference |= data.get(WORD, offsetBytes + SEED_OFFSET_BYTES) ^ seed;
        long word = firstPayloadWord(seed, lba, version);
        for (int at = PAYLOAD_OFFSET_BYTES; at < blockBytes; at += WORD_BYTES) {
            difference |= data.get(WORD, offsetBytes + at) ^ word;
            word += SplitMix.GOLDEN;
        }
        return difference == 0;
    }

    /** True when the block is all zeros. */
    public boolean isZero(MemorySegment data, long offsetBytes) {
        long bits = 0;
        for (int at = 0; at < blockBytes; at += WORD_BYTES) {
            bits |= data.get(WORD, offsetBytes + at);
        }
        return bits == 0;
    }

    /** Says what a block is, whatever it is. For wrong blocks, so it may take its time. */
    public BlockContent identify(MemorySegment data, long offsetBytes) {
        if (isZero(data, offsetBytes)) {
            return new BlockContent.Zeros();
        }
        if (data.get(WORD, offsetBytes) != MAGIC) {
            return new BlockContent.Unknown(data.get(WORD, offsetBytes));
        }
        long lba = data.get(WORD, offsetBytes + LBA_OFFSET_BYTES);
        long version = data.get(WORD, offsetBytes + VERSION_OFFSET_BYTES);
        long foundSeed = data.get(WORD, offsetBytes + SEED_OFFSET_BYTES);
        int firstWrong = firstWrongByte(data, offsetBytes, foundSeed, lba, version);
        if (firstWrong == blockBytes) {
            return new BlockContent.Stamp(lba, version, foundSeed);
        }
        int tearAt = firstWrong / WORD_BYTES * WORD_BYTES;
        long tailVersion = versionOfLastWord(data, offsetBytes, foundSeed, lba);
        return isTail(data, offsetBytes, tearAt, foundSeed, lba, tailVersion)
                ? new BlockContent.Torn(lba, version, foundSeed, tearAt, tailVersion)
                : new BlockContent.Damaged(lba, version, foundSeed, firstWrong);
    }

    private int firstWrongByte(
            MemorySegment data, long offsetBytes, long ofSeed, long lba, long version) {
        long word = firstPayloadWord(ofSeed, lba, version);
        for (int at = PAYLOAD_OFFSET_BYTES; at < blockBytes; at += WORD_BYTES) {
            long difference = data.get(WORD, offsetBytes + at) ^ word;
            if (difference != 0) {
                return at + Long.numberOfTrailingZeros(difference) / Byte.SIZE;
            }
            word += SplitMix.GOLDEN;
        }
        return blockBytes;
    }

    /**
     * The version whose payload ends in this block's last word: every step of the key is undone.
     */
    private long versionOfLastWord(MemorySegment data, long offsetBytes, long ofSeed, long lba) {
        long lastWord = data.get(WORD, offsetBytes + blockBytes - WORD_BYTES);
        long key = lastWord - word(0, blockBytes - WORD_BYTES);
        return SplitMix.unmix(key) - addressKey(ofSeed, lba);
    }

    private boolean isTail(
            MemorySegment data, long offsetBytes, int from, long ofSeed, long lba, long version) {
        if (version < 1 || version > VERSION_MAX) {
            return false;
        }
        long key = SplitMix.mix(addressKey(ofSeed, lba) + version);
        for (int at = from; at < blockBytes; at += WORD_BYTES) {
            if (data.get(WORD, offsetBytes + at) != word(key, at)) {
                return false;
            }
        }
        return true;
    }

    private static long firstPayloadWord(long seed, long lba, long version) {
        return word(SplitMix.mix(addressKey(seed, lba) + version), PAYLOAD_OFFSET_BYTES);
    }

    private static long word(long key, int atByte) {
        return key + SplitMix.GOLDEN * (atByte / WORD_BYTES);
    }

    private static long addressKey(long seed, long lba) {
        return SplitMix.mix(SplitMix.mix(seed) + lba);
    }
}
