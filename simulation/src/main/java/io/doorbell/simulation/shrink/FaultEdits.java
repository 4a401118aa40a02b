package io.doorbell.simulation.shrink;

import io.doorbell.simulation.fault.Fault;
import io.doorbell.simulation.fault.FaultCondition;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Faults that are easier to understand than others. */
final class FaultEdits {
    /** The number of a queue or vector in the name of a site, but not that of the admin queue. */
    private static final Pattern QUEUE = Pattern.compile("(?<=[/-])[1-9]\\d*(?=[-/]|$)");

    private FaultEdits() {}

    /** The same faults, all at the first I/O queue and its vector. */
    static List<Fault> onFirstQueue(List<Fault> faults) {
        return faults.stream()
                .map(fault -> fault.at(QUEUE.matcher(fault.site()).replaceAll("1")))
                .toList();
    }

    /** What may be tried instead of a fault, the plainest first; none costs the host more. */
    static List<Fault> plainer(Fault fault) {
        return Stream.of(
                        Fault.of(fault.kind(), fault.site()),
                        Fault.of(fault.kind(), fault.site()).amount(fault.amount()),
                        fault.after(0).when(FaultCondition.ALWAYS).times(1),
                        fault.probability(1),
                        fault.when(FaultCondition.ALWAYS),
                        fault.opcode(Fault.ANY_OPCODE),
                        fault.after(0),
                        fault.times(1),
                        fault.nth(1),
                        fault.nth(2),
                        fault.nth(Math.max(1, fault.nth() / 2)))
                .filter(each -> !each.equals(fault))
                .filter(each -> each.survival().compareTo(fault.survival()) <= 0)
                .distinct()
                .toList();
    }
}
