package io.doorbell.simulation.fault;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The faults of one run. Each site asks once for each event; no site knows which faults there are.
 * Nothing goes wrong, and no event is counted, before {@link #begin} and after {@link #heal}.
 */
public final class Faults {
    /** A fault, and how many of its events there were. */
    private static final class Armed {
        private final Fault fault;
        private final Pattern pattern;
        private long seen;

        Armed(Fault fault) {
            this.fault = fault;
            this.pattern =
                    Pattern.compile("\\Q" + fault.site().replace("*", "\\E[^/]*\\Q") + "\\E");
        }

        boolean strikes() {
            long number = ++seen;
            return number >= fault.nth() && number < fault.nth() + fault.times();
        }
    }

    private final List<Armed> armed = new ArrayList<>();
    private final Map<String, List<Armed>> bySite = new HashMap<>(); // looked up, never iterated
    private final LongSupplier clock;
    private final Consumer<Strike> struck;
    private boolean striking;
    private long strikes;

    /**
     * @param struck told what went wrong
     */
    public Faults(List<Fault> faults, LongSupplier clock, Consumer<Strike> struck) {
        this.clock = clock;
        this.struck = struck;
        faults.forEach(fault -> armed.add(new Armed(fault)));
    }

    /** The fault that strikes this event of this site, or null. */
    public @Nullable Fault at(String site) {
        return at(site, List::of);
    }

    /**
     * As {@link #at(String)}.
     *
     * @param commands that this event is about; asked for only if they are struck
     */
    public @Nullable Fault at(String site, Supplier<List<Strike.Command>> commands) {
        if (!striking || armed.isEmpty()) {
            return null;
        }
        List<Armed> here = bySite.computeIfAbsent(site, this::matching);
        Fault hit = null;
        for (int i = 0; i < here.size(); i++) {
            Armed each = here.get(i);
            if (clock.getAsLong() >= each.fault.afterNanos() && each.strikes() && hit == null) {
                hit = each.fault;
            }
        }
        if (hit != null) {
            strikes++;
            struck.accept(new Strike(hit, site, commands.get()));
        }
        return hit;
    }

    /** Whether any fault could strike a site whose name begins with one of these. */
    public boolean concern(String... sitePrefixes) {
        return armed.stream()
                .anyMatch(each -> Stream.of(sitePrefixes).anyMatch(each.fault.site()::startsWith));
    }

    /** Whether anything went wrong so far. */
    public boolean haveStruck() {
        return strikes > 0;
    }

    /** From now on things may go wrong. */
    public void begin() {
        striking = true;
    }

    /** From now on everything goes well. */
    public void heal() {
        striking = false;
    }

    private List<Armed> matching(String site) {
        return armed.stream().filter(each -> each.pattern.matcher(site).matches()).toList();
    }
}
