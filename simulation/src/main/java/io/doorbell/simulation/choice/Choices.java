package io.doorbell.simulation.choice;

import io.doorbell.bus.pattern.SplitMix;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The choices of one run, made at named sites.
 *
 * <p>What a site chooses the nth time depends on the seed, its name and n alone, so a run that does
 * less at one site chooses the same at all others. Only what leaves the ordinary course is noted:
 * the notes are the run. Given the notes instead of the seed, the same run happens again; given
 * fewer of them, one that is nearer to the ordinary course.
 */
public final class Choices {
    private final long seed;
    private final @Nullable Map<String, List<Choice>> given; // null: drawn from the seed
    private final boolean ordinary;
    private final boolean noted;
    private final Map<String, Site> sites = new HashMap<>(); // looked up, never iterated
    private final List<Choice> made = new ArrayList<>();
    private Consumer<Choice> listener = _ -> {};

    private Choices(long seed, @Nullable List<Choice> given, boolean ordinary, boolean noted) {
        this.seed = seed;
        this.noted = noted;
        this.given = given == null ? null : bySite(given);
        this.ordinary = ordinary;
    }

    /** A run in which nothing leaves the ordinary course. */
    public static Choices ordinary() {
        return new Choices(0, null, true, true);
    }

    /** Choices drawn from a seed. */
    public static Choices drawn(long seed) {
        return new Choices(seed, null, false, true);
    }

    /** Choices drawn from a seed, of a run without an end: nobody can tell what they were. */
    public static Choices unnoted(long seed) {
        return new Choices(seed, null, false, false);
    }

    /** The choices of an earlier run, or some of them; all others are ordinary. */
    public static Choices replayed(List<Choice> choices) {
        return new Choices(0, choices, false, true);
    }

    /** The site of that name; the same one for the same name. */
    public Site site(String name) {
        return sites.computeIfAbsent(name, this::open);
    }

    private Site open(String name) {
        if (given != null) {
            return new Site(this, name, 0, given.getOrDefault(name, List.of()));
        }
        return ordinary
                ? new Site(this, name, 0, List.of())
                : new Site(this, name, SplitMix.mix(seed ^ keyOf(name)), null);
    }

    /** What has left the ordinary course so far, in the order in which it did. */
    public List<Choice> made() {
        return List.copyOf(made);
    }

    /** From now on told of each choice that leaves the ordinary course. */
    public void listen(Consumer<Choice> next) {
        listener = next;
    }

    void note(Choice choice) {
        if (noted) {
            made.add(choice);
        }
        listener.accept(choice);
    }

    /** A number for a name: FNV-1a, 64 bits. */
    public static long keyOf(String name) {
        long hash = 0xCBF29CE484222325L;
        for (byte each : name.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (each & 0xFF)) * 0x100000001B3L;
        }
        return hash;
    }

    private static Map<String, List<Choice>> bySite(List<Choice> choices) {
        Map<String, List<Choice>> bySite = new HashMap<>();
        for (Choice choice : choices) {
            bySite.computeIfAbsent(choice.site(), _ -> new ArrayList<>()).add(choice);
        }
        bySite.values().forEach(each -> each.sort(Comparator.comparingLong(Choice::occurrence)));
        return bySite;
    }
}
