package io.doorbell.testkit.deviation;

import java.util.List;

/** What a controller can get wrong about registers. */
final class DeviationsOfRegisters {
    static final List<Deviation> ALL =
            List.of(
                    new Deviation(
                            "MQES of nothing",
                            "CAP.MQES allows one entry or two",
                            "NvmeController.java",
                            "settings.queueEntriesMax() - 1",
                            "settings.queueEntriesMax() & 1"));

    private DeviationsOfRegisters() {}
}
