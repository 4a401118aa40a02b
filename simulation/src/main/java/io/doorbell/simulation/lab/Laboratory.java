package io.doorbell.simulation.lab;

import io.doorbell.guest.workload.FioJob;
import io.doorbell.guest.workload.FioJobs;
import io.doorbell.guest.workload.IoSource;
import io.doorbell.guest.workload.NamespaceGeometry;
import io.doorbell.guest.workload.WorkloadResult;
import io.doorbell.simulation.choice.Choices;
import io.doorbell.simulation.fault.Fault;
import io.doorbell.simulation.fault.Faults;
import io.doorbell.simulation.machine.SimulatedMachine;
import io.doorbell.simulation.memory.SimulatedMemory;
import io.doorbell.simulation.observe.BusObserver;
import io.doorbell.simulation.observe.Observers;
import io.doorbell.simulation.trace.TraceHash;
import io.doorbell.simulation.wire.WireParts;
import io.doorbell.simulation.world.Schedule;
import io.doorbell.simulation.world.StepListener;
import io.doorbell.simulation.world.World;

import java.util.ArrayList;
import java.util.List;

/**
 * Runs scenarios one after another, each in a world without a past. For several at a time, one
 * laboratory for each thread.
 */
public final class Laboratory implements AutoCloseable {
    private static final int BLOCK_BYTES = 512;

    /** When nothing runs for so long, every store is seen. */
    private static final long STORE_NANOS_MAX = 1_000_000;

    private final World world = new World();
    private final Machine.Builder machines;

    /** A laboratory for our own device and host. */
    public Laboratory() {
        this(new SimulatedMachine.Builder());
    }

    /** A laboratory for other machines. */
    public Laboratory(Machine.Builder machines) {
        this.machines = machines;
    }

    /** How a run is made, besides its scenario. */
    public record Plan(
            Choices choices, Strategy strategy, List<Fault> faults, boolean keepsSteps) {}

    /** Runs one scenario to its end. */
    public Outcome run(Scenario scenario, Plan plan) {
        return run(scenario, plan, Spectator.NONE);
    }

    /** Runs one scenario to its end, before someone who watches it. */
    public Outcome run(Scenario scenario, Plan plan, Spectator spectator) {
        TraceHash trace = new TraceHash(plan.keepsSteps());
        Choices choices = plan.choices();
        List<String> problems = new ArrayList<>();
        try (SimulatedMemory memory =
                new SimulatedMemory(
                        machines.memoryBytes(scenario),
                        scenario.memory(),
                        choices,
                        plan.strategy().lateness())) {
            BusObserver observer =
                    spectator.equals(Spectator.NONE)
                            ? trace
                            : new Observers(List.of(trace, spectator));
            Faults faults = new Faults(plan.faults(), world::nanoTime, observer::faultStruck);
            memory.observe(observer);
            spectator.enter(memory, world::nanoTime, choices);
            WireParts parts =
                    new WireParts(
                            world,
                            memory,
                            observer,
                            faults,
                            choices,
                            scenario.wires(),
                            plan.strategy().jitter());
            try (Machine machine = machines.build(parts, scenario, problems)) {
                world.listen(
                        (number, nanos, actor) -> {
                            trace.step(number, nanos, actor);
                            spectator.step(number, nanos, actor);
                            memory.tick();
                        });
                world.listenToQuiet(
                        until -> {
                            if (until - world.nanoTime() >= STORE_NANOS_MAX) {
                                memory.settle();
                            }
                            spectator.quiet(until);
                        });
                world.schedule(plan.strategy().schedule(choices));
                world.stepNanos(scenario.stepNanos());
                List<IoSource> sources = sources(scenario);
                machine.run(sources);
                world.listen(StepListener.NONE); // what follows is not of the run
                world.schedule(Schedule.FIRST_IN_FIRST_OUT);
                WorkloadResult result =
                        sources.stream()
                                .map(IoSource::result)
                                .reduce(WorkloadResult::plus)
                                .orElseThrow();
                if (!result.isClean() && problems.isEmpty()) {
                    problems.add(
                            result.firstFailures().isEmpty()
                                    ? result.errors() + " commands failed"
                                    : result.firstFailures().getFirst().detail());
                }
                return new Outcome(
                        problems.isEmpty() ? "" : problems.getFirst(),
                        result,
                        choices.made(),
                        world.steps(),
                        world.nanoTime(),
                        trace);
            } finally {
                world.rewind();
            }
        }
    }

    private static List<IoSource> sources(Scenario scenario) {
        NamespaceGeometry geometry =
                new NamespaceGeometry(
                        scenario.diskBytes() / BLOCK_BYTES, BLOCK_BYTES, scenario.blockBytes());
        FioJob job =
                FioJob.named("job")
                        .rw(scenario.access())
                        .bsBytes(scenario.blockBytes())
                        .iodepth(scenario.ioDepth())
                        .numberIos(scenario.operationsPerQueue())
                        .verify(scenario.verified())
                        .build();
        return FioJobs.split(job, scenario.queuePairs(), geometry).stream()
                .map(each -> each.source(geometry))
                .toList();
    }

    @Override
    public void close() {
        world.close();
    }
}
