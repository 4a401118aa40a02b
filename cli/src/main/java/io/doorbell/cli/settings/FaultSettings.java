package io.doorbell.cli.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigValue;

import io.doorbell.simulation.cases.FaultHocon;
import io.doorbell.simulation.fault.Fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a scenario says is to go wrong: {@code faults = [ ... ]}, for simulated runs. */
final class FaultSettings {
    /** Not a knob: it has no default, and no place in a table. */
    static final String KEY = "faults";

    private FaultSettings() {}

    /** The faults, or nothing if the key is not there. */
    static Optional<List<Fault>> read(Config config, Origins origins, Problems problems) {
        String path = SourceReader.ROOT + "." + KEY;
        if (!config.hasPath(path)) {
            return Optional.empty();
        }
        ConfigValue value = config.getValue(path);
        if (!(value instanceof ConfigList list)) {
            problems.add(
                    origins.place(value.origin()),
                    "'faults' is no list.",
                    "Write faults = [ \"lose at interrupt/2 nth 3\" ].");
            return Optional.empty();
        }
        List<Fault> faults = new ArrayList<>();
        for (ConfigValue each : list) {
            try {
                faults.add(FaultHocon.read(each));
            } catch (IllegalArgumentException refused) {
                problems.add(origins.place(each.origin()), refused.getMessage() + "", "");
            }
        }
        return Optional.of(faults);
    }
}
