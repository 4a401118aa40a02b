package io.doorbell.cli.settings;

/**
 * Everything a run can be told, checked as a whole: each value is in its range and no two of them
 * contradict each other.
 *
 * @param scenarioName the scenario file without its ending, or "application" without a scenario
 */
public record Settings(
        String scenarioName,
        RuntimeSettings runtime,
        HostSettings host,
        ControllerSettings controller,
        NamespaceSettings namespace,
        DriverSettings driver,
        WorkloadSettings workload) {}
