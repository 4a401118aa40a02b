package io.doorbell.guest.workload;

import io.doorbell.bus.pattern.BlockContent;
import io.doorbell.bus.pattern.BlockStamp;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Puts into words what a block holds and what it had to hold. */
final class WrongBlock {
    private WrongBlock() {}

    /** A sentence such as "LBA 8: expected version 3, found zeros: the write was lost". */
    static String describe(BlockLedger ledger, BlockStamp stamp, long lba, BlockContent found) {
        return "LBA "
                + lba
                + ": expected "
                + expectation(ledger, lba)
                + ", found "
                + finding(ledger.expected(lba), stamp.seed(), lba, found);
    }

    /** The same for a block that no workload had to do with. */
    static String describeForeign(long lba, BlockContent found) {
        return "LBA "
                + lba
                + ": expected zeros (outside every workload), found "
                + switch (found) {
                    case BlockContent.Zeros _ -> "zeros";
                    case BlockContent.Stamp it when it.lba() != lba -> misdirected(it);
                    case BlockContent.Stamp it -> foreign(it.version(), it.seed());
                    case BlockContent.Torn it -> torn(it);
                    case BlockContent.Damaged it -> damaged(it);
                    case BlockContent.Unknown it -> unknown(it);
                };
    }

    private static String expectation(BlockLedger ledger, long lba) {
        long expected = ledger.expected(lba);
        if (expected != BlockLedger.UNCERTAIN) {
            return content(expected);
        }
        return Arrays.stream(ledger.candidates(lba))
                        .mapToObj(WrongBlock::content)
                        .collect(Collectors.joining(" or "))
                + " (a request failed here)";
    }

    private static String content(long content) {
        if (content == BlockLedger.UNTOUCHED) {
            return "zeros (never written)";
        }
        return content == BlockLedger.ZEROED
                ? "zeros (deallocated or written with zeros)"
                : "version " + content;
    }

    private static String finding(long expected, long seed, long lba, BlockContent found) {
        return switch (found) {
            case BlockContent.Zeros _ -> "zeros: its write was lost";
            case BlockContent.Stamp it when it.seed() != seed && it.lba() == lba ->
                    foreign(it.version(), it.seed());
            case BlockContent.Stamp it when it.lba() != lba -> misdirected(it);
            case BlockContent.Stamp it -> wrongVersion(expected, it.version());
            case BlockContent.Torn it -> torn(it);
            case BlockContent.Damaged it -> damaged(it);
            case BlockContent.Unknown it -> unknown(it);
        };
    }

    private static String wrongVersion(long expected, long found) {
        if (expected == BlockLedger.ZEROED) {
            return "version " + found + ": data from before it was zeroed";
        }
        if (expected > found) {
            return "the older version " + found + ": stale data or a lost write";
        }
        return "version " + found + ", which was not acknowledged here";
    }

    private static String foreign(long version, long seed) {
        return "version " + version + " of this block with seed " + seed + ": not of this workload";
    }

    private static String misdirected(BlockContent.Stamp found) {
        return "the data of LBA "
                + found.lba()
                + " (version "
                + found.version()
                + ", seed "
                + found.seed()
                + "): a misdirected read or write";
    }

    private static String torn(BlockContent.Torn found) {
        return "a torn block: version "
                + found.version()
                + " of LBA "
                + found.lba()
                + " up to byte "
                + (found.tearAtByte() - 1)
                + ", version "
                + found.tailVersion()
                + " from byte "
                + found.tearAtByte();
    }

    private static String damaged(BlockContent.Damaged found) {
        return "a damaged block: its header says version "
                + found.version()
                + " of LBA "
                + found.lba()
                + ", its data differs from byte "
                + found.firstWrongByte();
    }

    private static String unknown(BlockContent.Unknown found) {
        return "data that no workload wrote, starting with %016Xh (little-endian)"
                .formatted(found.firstWord());
    }
}
