package io.doorbell.simulation.lab;

import io.doorbell.bus.pattern.BlockStamp;
import io.doorbell.guest.workload.FioJob;
import io.doorbell.guest.workload.FioJobs;
import io.doorbell.guest.workload.IoSource;
import io.doorbell.guest.workload.NamespaceGeometry;
import io.doorbell.guest.workload.WorkloadResult;
import io.doorbell.simulation.choice.Choices;
import io.doorbell.simulation.fault.Fault;
import io.doorbell.simulation.fault.FaultKind;
import io.doorbell.simulation.fault.Faults;
import io.doorbell.simulation.lab.Outcome.Breach;
import io.doorbell.simulation.machine.SimulatedMachine;
import io.doorbell.simulation.memory.SimulatedMemory;
import io.doorbell.simulation.observe.BusModel;
import io.doorbell.simulation.observe.BusObserver;
import io.doorbell.simulation.observe.FunctionFacts;
import io.doorbell.simulation.observe.Observers;
import io.doorbell.simulation.oracle.OracleSettings;
import io.doorbell.simulation.situation.Sightings;
import io.doorbell.simulation.trace.TraceHash;
import io.doorbell.simulation.wire.BusConditions;
import io.doorbell.simulation.wire.DmaFaults;
import io.doorbell.simulation.wire.MessagesUnderWay;
import io.doorbell.simulation.wire.Slot;
import io.doorbell.simulation.wire.WireParts;
import io.doorbell.simulation.world.Schedule;
import io.doorbell.simulation.world.StepListener;
import io.doorbell.simulation.world.World;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/**
 * Runs scenarios one after another, each in a world without a past. For several at a time, one
 * laboratory for each thread.
 */
public final class Laboratory implements AutoCloseable {
    private static final int BLOCK_BYTES = 512;

    /** When nothing runs for so long, every store is seen. */
    private static final long STORE_NANOS_MAX =
            100_000; // less than any host waits before it looks again

    /** Turns that other queues have until a ring has come to the queue that it is for, and more. */
    private static final int ROUNDS_MAX = 8;

    /** A host that looks at no data reads all of it into one buffer. */
    private static final String BUFFERS_OF_THEIR_OWN = "I20";

    private final World world = new World();
    private final Machine.Builder machines;
    private final @Nullable OracleSettings laws;

    /** A laboratory for our own device and host, where every law is watched. */
    public Laboratory() {
        this(new SimulatedMachine.Builder());
    }

    /** A laboratory for other machines, where every law is watched. */
    public Laboratory(Machine.Builder machines) {
        this(machines, OracleSettings.DEFAULT);
    }

    private Laboratory(Machine.Builder machines, @Nullable OracleSettings laws) {
        this.machines = machines;
        this.laws = laws;
    }

    /** A laboratory for our own device and host where no law is watched: a run is faster. */
    public static Laboratory unjudged() {
        return new Laboratory(new SimulatedMachine.Builder(), null);
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
        List<FioJob> jobs = jobs(scenario);
        Judge judge = laws == null ? null : judge(scenario, plan, laws, jobs);
        List<Spectator> audience = new ArrayList<>();
        if (judge != null) {
            audience.add(judge);
        }
        if (!spectator.equals(Spectator.NONE)) {
            audience.add(spectator);
        }
        List<BusObserver> observers = new ArrayList<>();
        observers.add(trace);
        observers.addAll(audience);
        try (SimulatedMemory memory =
                new SimulatedMemory(
                        machines.memoryBytes(scenario),
                        scenario.memory(),
                        choices,
                        plan.strategy().lateness())) {
            Faults faults =
                    new Faults(
                            plan.faults(),
                            world::nanoTime,
                            choices,
                            strike -> observers.forEach(each -> each.faultStruck(strike)));
            audience.forEach(each -> each.enter(memory, world::nanoTime, choices));
            if (judge != null && !scenario.verified()) {
                judge.judges().forgiveLaw(BUFFERS_OF_THEIR_OWN);
            }
            Slot slot = new Slot();
            if (faults.haveConditions() || DmaFaults.areNeeded(faults)) {
                BusModel model;
                if (judge == null) {
                    model = new BusModel(machines.facts(scenario), memory, world::nanoTime);
                    observers.add(model);
                } else {
                    model = judge.judges().model();
                }
                lookInto(model, faults, slot, memory);
            }
            BusObserver observer = observers.size() == 1 ? trace : new Observers(observers);
            memory.observe(observer);
            WireParts parts =
                    new WireParts(
                            world,
                            memory,
                            observer,
                            faults,
                            choices,
                            scenario.wires(),
                            slot,
                            new MessagesUnderWay(),
                            plan.strategy().jitter());
            try (Machine machine = machines.build(parts, scenario, problems)) {
                world.listen(
                        (number, nanos, actor) -> {
                            if (judge != null && judge.violation() != null) {
                                problems.add(judge.violation().summary()); // ends the run
                            }
                            trace.step(number, nanos, actor);
                            for (Spectator each : audience) {
                                each.step(number, nanos, actor);
                            }
                            memory.tick();
                        });
                world.listenToQuiet(
                        until -> {
                            if (until - world.nanoTime() >= STORE_NANOS_MAX) {
                                memory.settle();
                            }
                            for (Spectator each : audience) {
                                each.quiet(until);
                            }
                        });
                world.schedule(plan.strategy().schedule(choices));
                world.stepNanos(scenario.stepNanos());
                List<IoSource> sources =
                        jobs.stream().map(each -> each.source(geometry(scenario))).toList();
                machine.run(sources);
                world.listen(StepListener.NONE); // what follows is not of the run
                world.schedule(Schedule.FIRST_IN_FIRST_OUT);
                WorkloadResult result =
                        sources.stream()
                                .map(IoSource::result)
                                .reduce(WorkloadResult::plus)
                                .orElseThrow();
                Breach breach = judge == null ? null : judge.breach();
                return new Outcome(
                        problem(breach, problems, result),
                        breach,
                        result,
                        judge == null ? new Sightings() : judge.sightings(),
                        choices.made(),
                        world.steps(),
                        world.nanoTime(),
                        trace);
            } finally {
                world.rewind();
            }
        }
    }

    /** Lets the faults know what is the case, and what lies where. */
    private void lookInto(BusModel model, Faults faults, Slot slot, SimulatedMemory memory) {
        faults.observe(new BusConditions(model));
        if (DmaFaults.areNeeded(faults)) {
            memory.filter(new DmaFaults(world, faults, model.places(), slot));
        }
    }

    private Judge judge(Scenario scenario, Plan plan, OracleSettings all, List<FioJob> jobs) {
        FunctionFacts facts = machines.facts(scenario);
        OracleSettings settings = scenario.hasWildHost() ? all.withoutHost() : all;
        if (scenario.hasSlowHost() || plan.faults().stream().anyMatch(Laboratory::comesTooEarly)) {
            settings = settings.withoutConsumer();
        }
        if (plan.strategy().isFair()
                && !scenario.ringsOften()
                && plan.faults().stream().noneMatch(Laboratory::delaysRings)) {
            long each = (long) ROUNDS_MAX * scenario.burst();
            settings = settings.withBypassMax(each * facts.queuePairs());
        }
        return scenario.verified()
                ? new Judge(facts, settings, stamps(jobs))
                : new Judge(facts, settings);
    }

    /** Behind a ring that comes late others wait, which the model takes for arrived. */
    private static boolean delaysRings(Fault fault) {
        return fault.site().startsWith("write/") || fault.site().startsWith("wake/");
    }

    /** An interrupt that overtakes its entry tells the host of nothing that it can see. */
    private static boolean comesTooEarly(Fault fault) {
        return fault.kind() == FaultKind.OVERTAKE;
    }

    private static String problem(
            @Nullable Breach breach, List<String> problems, WorkloadResult result) {
        if (breach != null) {
            return breach.violation().summary();
        }
        if (!problems.isEmpty()) {
            return problems.getFirst();
        }
        if (result.isClean()) {
            return "";
        }
        return result.firstFailures().isEmpty()
                ? result.errors() + " commands failed"
                : result.firstFailures().getFirst().detail();
    }

    private static NamespaceGeometry geometry(Scenario scenario) {
        return new NamespaceGeometry(
                scenario.diskBytes() / BLOCK_BYTES, BLOCK_BYTES, scenario.blockBytes());
    }

    /** One for each queue pair, on slices of the disk that do not overlap. */
    private static List<FioJob> jobs(Scenario scenario) {
        FioJob job =
                FioJob.named("job")
                        .rw(scenario.access())
                        .bsBytes(scenario.blockBytes())
                        .iodepth(scenario.ioDepth())
                        .numberIos(scenario.operationsPerQueue())
                        .verify(scenario.verified())
                        .build();
        return FioJobs.split(job, scenario.queuePairs(), geometry(scenario));
    }

    /** What the blocks of each slice look like. */
    private static LongFunction<BlockStamp> stamps(List<FioJob> jobs) {
        List<BlockStamp> stamps =
                jobs.stream().map(job -> new BlockStamp(job.randseed(), BLOCK_BYTES)).toList();
        long blocksEach = jobs.getFirst().sizeBytes() / BLOCK_BYTES;
        return lba -> stamps.get((int) Math.min(lba / blocksEach, stamps.size() - 1));
    }

    @Override
    public void close() {
        world.close();
    }
}
