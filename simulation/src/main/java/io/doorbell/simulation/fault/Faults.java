package io.doorbell.simulation.fault;

import io.doorbell.simulation.choice.Choices;
import io.doorbell.simulation.choice.Site;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The faults of one run. Each site asks once for each event; no site knows which faults there are.
 * Nothing goes wrong, and no event is counted, before {@link #begin} and after {@link #heal}.
 *
 * <p>A site that no fault {@link #concern concerns} need not ask, nor even know its name.
 */
public final class Faults implements FaultSource {
    private final List<Armed> armed = new ArrayList<>();
    private final Map<String, List<Armed>> bySite = new HashMap<>(); // looked up, never iterated
    private final LongSupplier clock;
    private final Consumer<Strike> struck;
    private Predicate<FaultCondition> conditions = FaultCondition.ALWAYS::equals;
    private boolean striking;
    private long strikes;

    /**
     * @param choices where a fault with a probability chooses
     * @param struck told what went wrong
     */
    public Faults(
            List<Fault> faults, LongSupplier clock, Choices choices, Consumer<Strike> struck) {
        this.clock = clock;
        this.struck = struck;
        faults.forEach(fault -> armed.add(armed(fault, choices)));
    }

    private static Armed armed(Fault fault, Choices choices) {
        if (fault.probability() == 1) {
            return new Armed(fault, null);
        }
        Site chance = choices.site("fault/" + fault);
        return new Armed(fault, chance::strikes);
    }

    /** From now on this says what is the case. */
    public void observe(Predicate<FaultCondition> next) {
        conditions = next;
    }

    @Override
    public @Nullable Fault at(String site, int opcode, Supplier<List<Strike.Command>> commands) {
        if (!striking || armed.isEmpty()) {
            return null;
        }
        List<Armed> here = bySite.computeIfAbsent(site, this::matching);
        Fault hit = null;
        for (int i = 0; i < here.size(); i++) {
            Armed each = here.get(i);
            if (counts(each.fault(), opcode) && each.strikes() && hit == null) {
                hit = each.fault();
            }
        }
        if (hit != null) {
            strikes++;
            struck.accept(new Strike(hit, site, commands.get()));
        }
        return hit;
    }

    private boolean counts(Fault fault, int opcode) {
        return clock.getAsLong() >= fault.afterNanos()
                && (fault.opcode() == Fault.ANY_OPCODE || fault.opcode() == opcode)
                && (fault.condition() == FaultCondition.ALWAYS
                        || conditions.test(fault.condition()));
    }

    /** Whether any fault could strike a site whose name begins with one of these. */
    public boolean concern(String... sitePrefixes) {
        return armed.stream().anyMatch(each -> FaultSites.mayBegin(each.pattern(), sitePrefixes));
    }

    /** Whether somebody must {@link #observe watch the bus} for any of them. */
    public boolean haveConditions() {
        return armed.stream().anyMatch(each -> each.fault().condition() != FaultCondition.ALWAYS);
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
        return armed.stream().filter(each -> each.pattern().matches(site)).toList();
    }
}
