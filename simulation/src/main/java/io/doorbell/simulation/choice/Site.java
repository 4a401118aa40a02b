package io.doorbell.simulation.choice;

import io.doorbell.bus.pattern.SplitMix;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** A place of a run where something is chosen again and again. */
public final class Site {
    private static final double UNIT = 0x1.0p-53;

    private final Choices choices;
    private final String name;
    private final long key;
    private final @Nullable List<Choice> given; // in order of occurrence; null: drawn
    private int nextGiven;
    private long occurrence;

    Site(Choices choices, String name, long key, @Nullable List<Choice> given) {
        this.choices = choices;
        this.name = name;
        this.key = key;
        this.given = given;
    }

    public String name() {
        return name;
    }

    /** How often this site has chosen. */
    public long occurrences() {
        return occurrence;
    }

    /**
     * Chooses a number from 0, the ordinary course, to {@code bound - 1}.
     *
     * @param probability of anything but 0, where choices are drawn
     */
    public int choose(int bound, double probability) {
        long now = occurrence++;
        int value = given == null ? draw(now, bound, probability) : replay(given, now, bound);
        if (value != 0) {
            choices.note(new Choice(name, now, value));
        }
        return value;
    }

    /** Whether something out of the ordinary happens. */
    public boolean strikes(double probability) {
        return choose(2, probability) == 1;
    }

    private int draw(long now, int bound, double probability) {
        long bits = SplitMix.mix(key + (now + 1) * SplitMix.GOLDEN);
        if (bound <= 1 || (bits >>> 11) * UNIT >= probability) {
            return 0;
        }
        return 1 + (int) Long.remainderUnsigned(SplitMix.mix(bits), bound - 1L);
    }

    private int replay(List<Choice> list, long now, int bound) {
        while (nextGiven < list.size() && list.get(nextGiven).occurrence() < now) {
            nextGiven++;
        }
        if (nextGiven == list.size() || list.get(nextGiven).occurrence() != now) {
            return 0;
        }
        return Math.min(list.get(nextGiven).value(), bound - 1);
    }
}
