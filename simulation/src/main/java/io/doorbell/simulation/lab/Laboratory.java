package io.doorbell.simulation.lab;

import io.doorbell.guest.GuestDriver;
import io.doorbell.guest.GuestQueue;
import io.doorbell.guest.workload.FioJob;
import io.doorbell.guest.workload.FioJobs;
import io.doorbell.guest.workload.IoSource;
import io.doorbell.guest.workload.NamespaceGeometry;
import io.doorbell.guest.workload.WorkloadResult;
import io.doorbell.simulation.choice.Choices;
import io.doorbell.simulation.fault.Fault;
import io.doorbell.simulation.fault.Faults;
import io.doorbell.simulation.memory.SimulatedMemory;
import io.doorbell.simulation.observe.BusObserver;
import io.doorbell.simulation.trace.TraceHash;
import io.doorbell.simulation.wire.WireParts;
import io.doorbell.simulation.world.Schedule;
import io.doorbell.simulation.world.StepListener;
import io.doorbell.simulation.world.World;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

import java.util.ArrayList;
import java.util.List;

/**
 * Runs scenarios one after another, each in a world without a past. For several at a time, one
 * laboratory for each thread.
 */
public final class Laboratory implements AutoCloseable {
    private static final int BLOCK_BYTES = 512;
    private static final long RUN_NANOS_MAX = 3_600_000_000_000L;

    private final World world = new World();

    /** How a run is made, besides its scenario. */
    public record Plan(
            Choices choices, Strategy strategy, List<Fault> faults, boolean keepsSteps) {}

    /** Runs one scenario to its end. */
    public Outcome run(Scenario scenario, Plan plan) {
        TraceHash trace = new TraceHash(plan.keepsSteps());
        Choices choices = plan.choices();
        List<String> problems = new ArrayList<>();
        try (SimulatedMemory memory =
                new SimulatedMemory(
                        SimulatedMachine.memoryBytes(scenario),
                        scenario.memory(),
                        choices,
                        plan.strategy().lateness())) {
            Faults faults = new Faults(plan.faults(), world::nanoTime, trace::faultStruck);
            BusObserver observer = trace;
            memory.observe(observer);
            WireParts parts =
                    new WireParts(
                            world,
                            memory,
                            observer,
                            faults,
                            choices,
                            scenario.wires(),
                            plan.strategy().jitter());
            ActorRef<GuestQueue.TimedOut> timeouts =
                    world.spawn(
                            Behaviors.receiveMessage(
                                    timedOut -> {
                                        problems.add(
                                                "queue %d got no completion; its oldest command: %s"
                                                        .formatted(
                                                                timedOut.queueId(),
                                                                timedOut.oldest()));
                                        return Behaviors.same();
                                    }),
                            "timeouts");
            try (SimulatedMachine machine = new SimulatedMachine(parts, scenario, timeouts)) {
                world.listen(
                        (number, nanos, actor) -> {
                            trace.step(number, nanos, actor);
                            memory.tick();
                        });
                world.schedule(plan.strategy().schedule(choices));
                world.stepNanos(scenario.stepNanos());
                List<IoSource> sources = sources(scenario);
                drive(machine, sources, problems);
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
                world.stop(timeouts);
                world.rewind();
            }
        }
    }

    private void drive(SimulatedMachine machine, List<IoSource> sources, List<String> problems) {
        Inbox<GuestDriver.BootResult> boot = new Inbox<>(world, "boot");
        machine.host().tell(new GuestDriver.Boot(boot.ref()));
        GuestDriver.BootResult booted = boot.await(problems, RUN_NANOS_MAX);
        if (booted instanceof GuestDriver.Booted(var namespace, var queues)) {
            Inbox<GuestQueue.Finished> finished = new Inbox<>(world, "finished");
            for (int i = 0; i < sources.size(); i++) {
                queues.get(i).tell(new GuestQueue.ServeSource(sources.get(i), finished.ref()));
            }
            finished.awaitAll(sources.size(), problems, RUN_NANOS_MAX);
            finished.close();
            if (problems.isEmpty()) {
                Inbox<GuestDriver.ShutDownDone> done = new Inbox<>(world, "done");
                machine.host().tell(new GuestDriver.ShutDown(done.ref()));
                GuestDriver.ShutDownDone answer = done.await(problems, RUN_NANOS_MAX);
                if (answer != null && !answer.problem().isEmpty()) {
                    problems.add(answer.problem());
                }
                done.close();
            }
        } else if (booted instanceof GuestDriver.BootFailed(String reason)) {
            problems.add("the host could not bring the controller up: " + reason);
        }
        boot.close();
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
