package io.doorbell.simulation.trace;

import io.doorbell.bus.memory.DmaStatus;
import io.doorbell.bus.pattern.SplitMix;
import io.doorbell.bus.pci.MsixMessage;
import io.doorbell.simulation.observe.BusObserver;
import io.doorbell.simulation.world.ActorPath;
import io.doorbell.simulation.world.StepListener;

import java.util.Arrays;

/**
 * A number for everything that happened in a run: each step, and all that passed between host and
 * device in it. Two runs that differ anywhere have different numbers; the first step after which
 * they do is where they part.
 */
public final class TraceHash implements StepListener, BusObserver {
    private static final int FIRST_CAPACITY = 1024;

    private final boolean keepsSteps;
    private long[] afterStep = new long[0];
    private int steps;
    private long hash;

    /**
     * @param keepsSteps whether {@link #firstDifference} will be asked for
     */
    public TraceHash(boolean keepsSteps) {
        this.keepsSteps = keepsSteps;
    }

    /** The number so far. */
    public long value() {
        return hash;
    }

    /** As it is printed: 16 hexadecimal digits. */
    public static String text(long hash) {
        return "%016x".formatted(hash);
    }

    /** The first step that two runs do not have in common; -1 if there is none. */
    public static long firstDifference(TraceHash one, TraceHash other) {
        int at = Arrays.mismatch(one.afterStep, 0, one.steps, other.afterStep, 0, other.steps);
        return at < 0 && one.hash != other.hash ? Math.min(one.steps, other.steps) : at;
    }

    private void add(int kind, long one, long two) {
        hash = SplitMix.mix(hash + kind * SplitMix.GOLDEN ^ one) + two;
    }

    @Override
    public void step(long number, long nanos, ActorPath actor) {
        add(1, actor.key(), nanos);
        if (keepsSteps) {
            if (steps == afterStep.length) {
                afterStep = Arrays.copyOf(afterStep, Math.max(FIRST_CAPACITY, 2 * steps));
            }
            afterStep[steps++] = hash;
        }
    }

    @Override
    public void registerWriteIssued(int bar, long offsetBytes, int widthBytes, long value) {
        add(2, offsetBytes << 8 | bar << 4 | widthBytes, value);
    }

    @Override
    public void registerWritten(int bar, long offsetBytes, int widthBytes, long value) {
        add(3, offsetBytes << 8 | bar << 4 | widthBytes, value);
    }

    @Override
    public void registerRead(int bar, long offsetBytes, int widthBytes, long value) {
        add(4, offsetBytes << 8 | bar << 4 | widthBytes, value);
    }

    @Override
    public void configWritten(int offsetBytes, int widthBytes, int value) {
        add(5, (long) offsetBytes << 8 | widthBytes, value);
    }

    @Override
    public void functionReset() {
        add(6, 0, 0);
    }

    @Override
    public void deviceRead(long address, long sizeBytes, DmaStatus status) {
        add(7, address, sizeBytes);
    }

    @Override
    public void deviceWrote(long address, long sizeBytes, DmaStatus status) {
        add(8, address, sizeBytes);
    }

    @Override
    public void deviceWriteVisible(long address, long sizeBytes) {
        add(9, address, sizeBytes);
    }

    @Override
    public void hostWrote(long address, long sizeBytes) {
        add(10, address, sizeBytes);
    }

    @Override
    public void interruptSent(MsixMessage message) {
        add(11, message.address(), message.data());
    }

    @Override
    public void interruptDelivered(MsixMessage message) {
        add(12, message.address(), message.data());
    }

    @Override
    public void pinChanged(boolean asserted) {
        add(13, asserted ? 1 : 0, 0);
    }
}
