package io.doorbell.guest.workload;

import io.doorbell.bus.pattern.BlockContent;
import io.doorbell.bus.pattern.BlockStamp;
import io.doorbell.guest.workload.WorkloadResult.Failure;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.function.Function;

/**
 * Gives every write of a source its version and stamp, and checks every read against what was
 * acknowledged. The blocks must read as zeros before the first write.
 *
 * <p>Versions count the writes of one source from 1, so a version also names the write. Overlapping
 * requests must not be outstanding together.
 */
public final class DataVerifier {
    private final BlockStamp stamp;
    private final BlockLedger ledger;
    private final Tally tally;
    private final Function<IoRequest, String> origin;
    private long lastVersion;

    /** Checks the blocks of {@code ledger}; {@code origin} names a request in failures. */
    DataVerifier(
            BlockStamp stamp, BlockLedger ledger, Tally tally, Function<IoRequest, String> origin) {
        this.stamp = stamp;
        this.ledger = ledger;
        this.tally = tally;
        this.origin = origin;
    }

    /** First block this verifier knows about. */
    public long firstLba() {
        return ledger.firstLba();
    }

    /** How many blocks it knows about. */
    public long blockCount() {
        return ledger.blockCount();
    }

    BlockLedger ledger() {
        return ledger;
    }

    /** Gives a write its version. */
    void begin(IoRequest request) {
        if (request.operation() == Operation.WRITE) {
            request.version(++lastVersion);
        }
    }

    void stamp(IoRequest request, MemorySegment data) {
        long offsetBytes = 0;
        for (int i = 0; i < request.blockCount(); i++) {
            stamp.write(data, offsetBytes, request.startLba() + i, request.version());
            offsetBytes += stamp.blockBytes();
        }
    }

    /** Notes what an ended request leaves in its blocks, and checks what a read brought. */
    void completed(IoRequest request, int status, @Nullable MemorySegment data) {
        long content =
                switch (request.operation()) {
                    case WRITE -> request.version();
                    case WRITE_ZEROES, DEALLOCATE, READ, FLUSH -> BlockLedger.ZEROED;
                };
        if (request.operation().changesBlocks() && status != 0) {
            ledger.uncertain(request.startLba(), request.blockCount(), content);
        } else if (request.operation().zeroesBlocks()) {
            ledger.zeroed(request.startLba(), request.blockCount());
        } else if (request.operation() == Operation.WRITE) {
            ledger.written(request.startLba(), request.blockCount(), content);
        } else if (request.operation() == Operation.READ && status == 0) {
            check(request, Objects.requireNonNull(data, "a verified read comes with its data"));
        }
    }

    private void check(IoRequest request, MemorySegment data) {
        long offsetBytes = 0;
        long end = request.startLba() + request.blockCount();
        for (long lba = request.startLba(); lba < end; lba++) {
            if (!isRight(lba, data, offsetBytes)) {
                tally.wrongBlock();
                if (tally.hasRoomForFailure()) {
                    String detail = origin.apply(request) + ": " + describe(lba, data, offsetBytes);
                    tally.describe(new Failure(request.operation(), lba, detail));
                }
            }
            offsetBytes += stamp.blockBytes();
        }
        tally.verified(request.blockCount());
    }

    boolean isRight(long lba, MemorySegment data, long offsetBytes) {
        long expected = ledger.expected(lba);
        if (expected > 0) {
            return stamp.matches(data, offsetBytes, lba, expected);
        }
        return expected == BlockLedger.UNCERTAIN
                ? isCandidate(lba, stamp.identify(data, offsetBytes))
                : stamp.isZero(data, offsetBytes);
    }

    private boolean isCandidate(long lba, BlockContent found) {
        return switch (found) {
            case BlockContent.Zeros _ -> ledger.isCandidate(lba, BlockLedger.ZEROED);
            case BlockContent.Stamp it ->
                    it.lba() == lba
                            && it.seed() == stamp.seed()
                            && ledger.isCandidate(lba, it.version());
            case BlockContent.Torn _, BlockContent.Damaged _, BlockContent.Unknown _ -> false;
        };
    }

    String describe(long lba, MemorySegment data, long offsetBytes) {
        return WrongBlock.describe(ledger, stamp, lba, stamp.identify(data, offsetBytes));
    }
}
