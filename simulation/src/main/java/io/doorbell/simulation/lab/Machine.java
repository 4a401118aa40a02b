package io.doorbell.simulation.lab;

import io.doorbell.guest.workload.IoSource;
import io.doorbell.simulation.observe.FunctionFacts;
import io.doorbell.simulation.wire.WireParts;

import java.util.List;

/** A device and a host in a world. */
public interface Machine extends AutoCloseable {
    /** Puts machines together. */
    interface Builder {
        /** What a host could know of the device of a scenario. */
        FunctionFacts facts(Scenario scenario);

        /** Memory that the host of a scenario takes. */
        long memoryBytes(Scenario scenario);

        /**
         * A machine that is switched on, on these wires.
         *
         * @param problems takes a line for whatever goes wrong
         */
        Machine build(WireParts parts, Scenario scenario, List<String> problems);
    }

    /**
     * Brings the controller up, does the I/O of source i on queue i + 1, shuts down; returns when
     * that is done, or when there is a problem.
     */
    void run(List<IoSource> sources);

    /** Takes everything out of the world again. */
    @Override
    void close();
}
