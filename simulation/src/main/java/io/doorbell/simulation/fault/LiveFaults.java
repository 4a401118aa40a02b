package io.doorbell.simulation.fault;

import io.doorbell.simulation.choice.Choices;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The faults of a device that really runs: armed and disarmed while it does. Each is counted from
 * when it was armed. While none is left that could strike, an event costs one load.
 *
 * <p>Threads: any. Of events that happen at once each is counted by one of them.
 */
public final class LiveFaults implements FaultSource {
    /** Most faults at a time, spent ones included. */
    public static final int COUNT_MAX = 1_000;

    /**
     * What became of a fault so far.
     *
     * @param events how many there were that it could strike, were it their turn
     * @param strikes how many it struck
     */
    public record Status(Fault fault, long events, long strikes) {}

    /**
     * A fault has struck.
     *
     * @param number which of the fault's strikes this is, from 1
     */
    public record Struck(Strike strike, long number) {}

    /** A fault, and when it was armed. */
    private record Entry(Armed armed, long armedNanos) {}

    private static final Entry[] NONE = {};

    private final LongSupplier nanoTime;
    private final Choices choices;
    private final Consumer<Struck> struck;
    private final List<Entry> entries = new ArrayList<>(); // guarded by this
    private volatile Entry[] unspent = NONE;
    private long armedEver; // guarded by this

    /**
     * @param seed of what a fault with a probability chooses
     * @param struck told what went wrong, on any thread
     */
    public LiveFaults(long seed, LongSupplier nanoTime, Consumer<Struck> struck) {
        this.nanoTime = nanoTime;
        this.choices = Choices.unnoted(seed);
        this.struck = struck;
    }

    /**
     * From now on this may go wrong too.
     *
     * @throws IllegalArgumentException with a sentence that says why it cannot
     */
    public synchronized void arm(Fault fault) {
        LiveSites.check(fault);
        if (entries.size() == COUNT_MAX) {
            throw new IllegalArgumentException(
                    "There are %,d faults already. Clear them first.".formatted(COUNT_MAX));
        }
        String name = "fault/" + armedEver++ + "/" + fault; // two alike choose each their own
        Armed armed =
                new Armed(fault, fault.probability() == 1 ? null : choices.site(name)::strikes);
        entries.add(new Entry(armed, nanoTime.getAsLong()));
        refresh();
    }

    /** Nothing goes wrong any more; returns how many faults there were. */
    public synchronized int clear() {
        int count = entries.size();
        entries.clear();
        refresh();
        return count;
    }

    /** All faults since the last {@link #clear}, in the order in which they were armed. */
    public synchronized List<Status> status() {
        return entries.stream()
                .map(Entry::armed)
                .map(each -> new Status(each.fault(), each.seen(), each.strikeCount()))
                .toList();
    }

    /** Whether any event could be struck. */
    public boolean canStrike() {
        return unspent.length > 0;
    }

    @Override
    public @Nullable Fault at(String site, int opcode, Supplier<List<Strike.Command>> commands) {
        if (!canStrike()) {
            return null;
        }
        Struck hit = count(site, opcode, commands);
        if (hit == null) {
            return null;
        }
        struck.accept(hit);
        return hit.strike().fault();
    }

    /** The first fault that strikes; those behind it have seen the event too. */
    private @Nullable Struck count(
            String site, int opcode, Supplier<List<Strike.Command>> commands) {
        Struck hit = null;
        for (Entry each : unspent) {
            Fault fault = each.armed.fault();
            boolean mine =
                    (fault.opcode() == Fault.ANY_OPCODE || fault.opcode() == opcode)
                            && each.armed.pattern().matches(site)
                            && nanoTime.getAsLong() - each.armedNanos >= fault.afterNanos();
            if (mine) {
                long number = strike(each.armed);
                if (number > 0 && hit == null) {
                    hit = new Struck(new Strike(fault, site, commands.get()), number);
                }
            }
        }
        return hit;
    }

    /** Which strike this is, from 1, or 0 for none. */
    private synchronized long strike(Armed armed) {
        if (!armed.strikes()) {
            return 0;
        }
        if (armed.isSpent()) {
            refresh();
        }
        return armed.strikeCount();
    }

    private void refresh() {
        unspent = entries.stream().filter(each -> !each.armed.isSpent()).toArray(Entry[]::new);
    }
}
