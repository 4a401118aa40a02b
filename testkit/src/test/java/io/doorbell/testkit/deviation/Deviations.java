package io.doorbell.testkit.deviation;

import java.util.List;
import java.util.stream.Stream;

/** Every deviation, by area. */
final class Deviations {
    static final List<Deviation> ALL =
            Stream.of(
                            DeviationsOfRegisters.ALL,
                            DeviationsOfLifeCycle.ALL,
                            DeviationsOfInterrupts.ALL,
                            DeviationsOfAdmin.ALL)
                    .flatMap(List::stream)
                    .toList();

    private Deviations() {}
}
