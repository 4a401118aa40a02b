package io.doorbell.simulation.fault;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What can go wrong where on a device that really runs. */
final class LiveSites {
    private static final Map<FaultKind, List<SitePattern>> SITES = new EnumMap<>(FaultKind.class);

    /** A change of a level: of two alike the second is none, and none comes out of nothing. */
    private static final String PIN = "interrupt/pin";

    static {
        can(FaultKind.LOSE, "write/*", "interrupt/*", "wake/*", "commands/*", "media/write");
        can(FaultKind.DOUBLE, "write/*", "interrupt/*", "wake/*", "commands/*");
        can(FaultKind.DELAY, "write/*", "interrupt/*", "wake/*", "commands/*");
        can(FaultKind.REORDER, "write/*", "interrupt/*");
        can(FaultKind.FLIP, "write/*", "read/*", "media/write");
        can(FaultKind.ALL_ONES, "read/*");
        can(FaultKind.STALE, "read/*");
        can(FaultKind.SPURIOUS, "interrupt/*");
        can(FaultKind.SLOW, "execution/sq-0", "commands/*", "write/*");
        can(FaultKind.HANG, "execution/sq-0", "commands/*");
        can(FaultKind.FAIL, "execution/sq-0", "commands/*", "media/read", "media/write");
        can(FaultKind.MISIDENTIFY, "commands/*");
        can(FaultKind.TEAR, "media/write");
        can(FaultKind.MISDIRECT, "media/write");
        can(FaultKind.CRASH, "actor/*");
        can(FaultKind.CFS, "controller/step");
        can(FaultKind.REMOVE, "controller/step");
    }

    private LiveSites() {}

    private static void can(FaultKind kind, String... sites) {
        SITES.put(kind, Stream.of(sites).map(SitePattern::new).toList());
    }

    /** The sites where this can happen. */
    static List<String> of(FaultKind kind) {
        return SITES.getOrDefault(kind, List.of()).stream().map(SitePattern::text).toList();
    }

    /**
     * Refuses a fault that could not strike, or not everywhere where its site says.
     *
     * @throws IllegalArgumentException with a sentence that says what can
     */
    static void check(Fault fault) {
        if (fault.condition() != FaultCondition.ALWAYS) {
            throw new IllegalArgumentException(
                    "'when %s' is known in simulated runs only. Leave it out, and inject the fault when it is the case."
                            .formatted(fault.condition().word()));
        }
        SitePattern site = new SitePattern(fault.site());
        List<String> here = of(fault.kind());
        boolean elsewhere =
                fault.kind().sites().stream()
                        .anyMatch(
                                each ->
                                        !here.contains(each)
                                                && site.overlaps(new SitePattern(each)));
        if (elsewhere) {
            throw new IllegalArgumentException(
                    here.isEmpty()
                            ? "'%s' is for simulated runs only. On a served device there can: %s."
                                    .formatted(fault.kind().word(), kinds())
                            : "On a served device nothing can %s at '%s'. It can at %s."
                                    .formatted(
                                            fault.kind().word(),
                                            fault.site(),
                                            String.join(", ", here)));
        }
        if (fault.site().equals(PIN)
                && fault.kind() != FaultKind.LOSE
                && fault.kind() != FaultKind.DELAY) {
            throw new IllegalArgumentException(
                    "A change of the pin can be lost or late on a served device: lose, delay.");
        }
    }

    private static String kinds() {
        return SITES.keySet().stream().map(FaultKind::word).collect(Collectors.joining(", "));
    }
}
