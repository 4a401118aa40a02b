package io.doorbell.controller.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.bus.memory.MemoryWindow;
import io.doorbell.spec.CompletionEntry;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory of a completion queue that watches every store of the device: slots in order, low
 * qword before high qword, the high one with release order, never over an entry the host has not
 * consumed, nothing else.
 */
final class WatchedWindow extends MemoryWindow {
    private final MemoryWindow memory;
    private final int entryCount;
    private final AtomicLong posted = new AtomicLong(); // written by the device alone
    private final AtomicLong consumed = new AtomicLong(); // written by the host alone
    private boolean halfWritten;
    private volatile @Nullable AssertionError
            failure; // met on the device's side, told on the host's

    WatchedWindow(int entryCount) {
        this.memory = DeviceRig.memory((long) entryCount * CompletionEntry.SIZE_BYTES);
        this.entryCount = entryCount;
    }

    /** The host has told the device, or is about to, that it consumed so many more. */
    void consume(int count) {
        AssertionError met = failure;
        if (met != null) {
            throw met;
        }
        consumed.addAndGet(count);
        assertThat(consumed.get())
                .as("entries the host consumed")
                .isLessThanOrEqualTo(posted.get());
    }

    long posted() {
        return posted.get();
    }

    @Override
    public void setLong(long offsetBytes, long value) {
        watch(() -> checkLow(offsetBytes));
        halfWritten = true;
        memory.setLong(offsetBytes, value);
    }

    private void checkLow(long offsetBytes) {
        assertThat(offsetBytes)
                .as("offset of the low qword of entry %d", posted())
                .isEqualTo(slotOffset() + CompletionEntry.LOW_QWORD_OFFSET_BYTES);
        assertThat(halfWritten).as("two low qwords in a row").isFalse();
        assertThat(posted() - consumed.get())
                .as("unconsumed entries before one more is posted: a full queue has one slot free")
                .isLessThan(entryCount - 1);
    }

    @Override
    public void setLongRelease(long offsetBytes, long value) {
        watch(() -> checkHigh(offsetBytes, value));
        halfWritten = false;
        posted.incrementAndGet();
        memory.setLongRelease(offsetBytes, value);
    }

    private void watch(Runnable check) {
        try {
            check.run();
        } catch (AssertionError error) {
            failure = error;
            throw error;
        }
    }

    private void checkHigh(long offsetBytes, long value) {
        assertThat(offsetBytes)
                .as("offset of the high qword of entry %d", posted())
                .isEqualTo(slotOffset() + CompletionEntry.HIGH_QWORD_OFFSET_BYTES);
        assertThat(halfWritten).as("low qword first").isTrue();
        assertThat(CompletionEntry.phase(value))
                .as("phase of entry %d, slot %d", posted(), posted() % entryCount)
                .isEqualTo(posted() / entryCount % 2 == 0);
    }

    private long slotOffset() {
        return posted() % entryCount * CompletionEntry.SIZE_BYTES;
    }

    @Override
    public long sizeBytes() {
        return memory.sizeBytes();
    }

    @Override
    public int getInt(long offsetBytes) {
        return memory.getInt(offsetBytes);
    }

    @Override
    public long getLong(long offsetBytes) {
        return memory.getLong(offsetBytes);
    }

    @Override
    public int getIntAcquire(long offsetBytes) {
        return memory.getIntAcquire(offsetBytes);
    }

    @Override
    public long getLongAcquire(long offsetBytes) {
        return memory.getLongAcquire(offsetBytes);
    }

    @Override
    public void setInt(long offsetBytes, int value) {
        throw new AssertionError("A completion entry is two qwords, not an int at " + offsetBytes);
    }

    @Override
    public void setIntRelease(long offsetBytes, int value) {
        throw new AssertionError("A completion entry is two qwords, not an int at " + offsetBytes);
    }

    @Override
    public boolean compareAndSetInt(long offsetBytes, int expected, int value) {
        throw new AssertionError("A completion entry is two qwords, not an int at " + offsetBytes);
    }

    @Override
    public void read(long offsetBytes, MemorySegment target, long targetOffset, long sizeBytes) {
        memory.read(offsetBytes, target, targetOffset, sizeBytes);
    }

    @Override
    public void write(long offsetBytes, MemorySegment source, long sourceOffset, long sizeBytes) {
        throw new AssertionError("A copy has no order, so the phase tag may come first.");
    }

    @Override
    public void zero(long offsetBytes, long sizeBytes) {
        throw new AssertionError("Only the host clears a completion queue.");
    }
}
