package io.doorbell.simulation.fault;

import java.util.List;
import java.util.stream.Stream;

/** What is known of sites besides what can go wrong there. */
final class FaultSites {
    /** Where an event belongs to a command of a known opcode. */
    static final List<String> WITH_OPCODE =
            List.of(
                    "execution/*",
                    "commands/*",
                    "dma-read/prp-*",
                    "dma-read/data-*",
                    "dma-write/data-*");

    private static final List<SitePattern> PATTERNS =
            WITH_OPCODE.stream().map(SitePattern::new).toList();

    private FaultSites() {}

    static boolean haveOpcode(SitePattern pattern) {
        return PATTERNS.stream().anyMatch(pattern::overlaps);
    }

    /** Whether a pattern can stand for a name that begins with one of these. */
    static boolean mayBegin(SitePattern pattern, String... prefixes) {
        return Stream.of(prefixes)
                .anyMatch(prefix -> pattern.overlaps(new SitePattern(prefix + "*")));
    }
}
