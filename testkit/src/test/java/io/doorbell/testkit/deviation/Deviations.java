package io.doorbell.testkit.deviation;

import java.util.List;
import java.util.stream.Stream;

/** Every deviation, by area. */
final class Deviations {
    /**
     * Deviations that the same chapters should catch.
     *
     * @param chapters parts of chapter names; these are run first, and the rest only if they catch
     *     nothing
     */
    record Area(List<Deviation> deviations, List<String> chapters) {
        static Area of(List<Deviation> deviations, String... chapters) {
            return new Area(deviations, List.of(chapters));
        }
    }

    static final List<Area> AREAS =
            List.of(
                    Area.of(DeviationsOfRegisters.ALL, "Registers"),
                    Area.of(DeviationsOfLifeCycle.ALL, "Registers", "Shutdown", "Reset", "PCI"),
                    Area.of(
                            DeviationsOfQueues.ALL,
                            "Doorbells",
                            "Queue",
                            "Shadow",
                            "Arbitration",
                            "Abort"),
                    Area.of(DeviationsOfInterrupts.ALL, "MSI-X", "Interrupt", "coalescing"),
                    Area.of(DeviationsOfPci.ALL, "PCI", "Reset", "Interrupt"),
                    Area.of(
                            DeviationsOfAdmin.ALL,
                            "Log",
                            "Features",
                            "events",
                            "Keep Alive",
                            "Identify",
                            "Namespace"),
                    Area.of(
                            DeviationsOfNvmCommands.ALL,
                            "Namespaces",
                            "Read and Write",
                            "Flush",
                            "Compare",
                            "Write Zeroes",
                            "Dataset",
                            "Copy",
                            "Fused",
                            "PRP",
                            "SGL"));

    static Stream<Deviation> all() {
        return AREAS.stream().flatMap(area -> area.deviations().stream());
    }

    private Deviations() {}
}
