package io.doorbell.controller.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.bus.pci.MsixMessage;
import io.doorbell.controller.pci.InterruptTrace;
import io.doorbell.controller.pci.MsixVector;
import io.doorbell.controller.pci.VectorSwitch;
import io.doorbell.controller.queue.Interrupt.Coalescing;
import io.doorbell.reactor.Reactors;

import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Doorbells, queues and interrupt together against a host: every command completes once. */
class QueuePairTest {
    private static final MsixMessage MESSAGE = new MsixMessage(0xFEE0_0000L, 1);
    private static final int CQ = 1;

    /** Keeps what it was given and completes it in random pieces, when it is asked to. */
    private static final class RandomExecutor implements CommandExecutor {
        private final RandomGenerator random;
        private final List<CommandBatch> batches = new ArrayList<>();
        private final List<Long> left = new ArrayList<>();

        RandomExecutor(RandomGenerator random) {
            this.random = random;
        }

        @Override
        public void execute(CommandBatch batch) {
            batches.add(batch);
            left.add(batch.all());
        }

        boolean completeSome() {
            if (batches.isEmpty()) {
                return false;
            }
            int index = random.nextInt(batches.size());
            CommandBatch batch = batches.get(index);
            long piece = left.get(index) & (random.nextBoolean() ? -1L : random.nextLong());
            left.set(index, left.get(index) & ~piece);
            if (left.get(index) == 0) {
                left.remove(index);
                batches.remove(index);
            }
            complete(batch, piece);
            return true;
        }
    }

    private static void complete(CommandBatch batch, long mask) {
        for (long rest = mask; rest != 0; rest &= rest - 1) {
            batch.command(Long.numberOfTrailingZeros(rest)).complete(0, 0);
        }
        if (mask != 0) {
            batch.completed(mask);
        }
    }

    private static int[] randomSizes(RandomGenerator random) {
        return IntStream.range(0, random.nextInt(1, 5)).map(_ -> random.nextInt(2, 40)).toArray();
    }

    /**
     * Messages of different actors are delivered in an order drawn from the seed. The host reads
     * only after an interrupt, so a message too few is a command that never ends.
     */
    @Test
    void randomOrder_hostThatReadsOnlyWhenInterrupted_everyCommandCompletesOnce() {
        long seed = Seeds.next("QueuePairTest.randomOrder");
        try (PumpedSystem system = new PumpedSystem()) {
            for (int run = 0; run < 60; run++) {
                runInRandomOrder(system, new Random(seed + run));
            }
        }
    }

    private static void runInRandomOrder(PumpedSystem system, Random random) {
        system.pump.order(null);
        DeviceRig rig = new DeviceRig(system);
        TestInbox<MsixMessage> interrupts = TestInbox.create();
        RandomExecutor executor = new RandomExecutor(random);
        int[] sizes = randomSizes(random);
        int entries = random.nextInt(2, 40);
        PollingHost host =
                new PollingHost(CQ, entries, sizes, random, rig::ringTail, rig::ringHead);
        open(rig, host, entries, sizes, executor, random.nextInt(1, 65), interrupts.getRef());
        system.pump.order(random);
        long submitted = 0;
        boolean told = false;
        int idle = 0;
        while (submitted < 2_000 || host.completed() < submitted) {
            long before = submitted;
            boolean busy = system.pump.step();
            told |= !interrupts.getAllReceived().isEmpty();
            if (submitted < 2_000 && random.nextInt(4) == 0) {
                submitted += host.submit(8);
            }
            if (told && random.nextInt(8) == 0) {
                host.consume(random.nextInt(1, 2 * entries));
                told = host.hasNew();
            }
            busy |= random.nextInt(6) == 0 && executor.completeSome();
            idle = busy || told || submitted > before ? 0 : idle + 1;
            assertThat(idle)
                    .as("turns without a step; %d of %d done", host.completed(), submitted)
                    .isLessThan(1_000);
        }
        system.pump.settle();
        assertThat(host.hasNew()).isFalse();
        assertThat(rig.invalid.hasMessages()).isFalse();
    }

    private static void open(
            DeviceRig rig,
            PollingHost host,
            int entries,
            int[] sizes,
            CommandExecutor executor,
            int burst,
            ActorRef<MsixMessage> interrupts) {
        MsixVector vector = new MsixVector(0, InterruptTrace.NONE);
        new VectorSwitch(vector, interrupts, MESSAGE).open();
        ActorRef<CompletionQueue.Command> queue =
                rig.openCompletionQueue(
                        CQ,
                        entries,
                        host.completions,
                        rig.spawn(Interrupt.create(vector, rig.shard, Coalescing.OFF)));
        for (int id = 1; id <= sizes.length; id++) {
            rig.openSubmissionQueue(
                    new SubmissionQueue.Settings(
                            id, sizes[id - 1], host.memory(id), burst, executor, queue));
        }
    }

    /** The same on a reactor, with the host on a thread of its own, so that rings race arms. */
    @Test
    @Timeout(60)
    void onAReactor_hostOnAnotherThread_everyCommandCompletesOnce() {
        RandomGenerator random = Seeds.random("QueuePairTest.onAReactor");
        ActorTestKit testKit =
                ActorTestKit.create(
                        "queue-pair", Reactors.config(new Reactors.Settings(1, 256, 0)));
        try {
            for (int run = 0; run < 10; run++) {
                runOnReactor(testKit, random);
            }
        } finally {
            testKit.shutdownTestKit();
        }
    }

    private static void runOnReactor(ActorTestKit testKit, RandomGenerator random) {
        DeviceRig rig =
                new DeviceRig(
                        new DeviceRig.Spawner() {
                            @Override
                            public <T> ActorRef<T> spawn(Behavior<T> behavior) {
                                return testKit.spawn(behavior, Reactors.selector(0));
                            }
                        },
                        Reactors.selector(0));
        TestInbox<MsixMessage> interrupts = TestInbox.create();
        int[] sizes = randomSizes(random);
        int entries = random.nextInt(2, 40);
        PollingHost host =
                new PollingHost(CQ, entries, sizes, random, rig::ringTail, rig::ringHead);
        CommandExecutor executor =
                batch -> {
                    long odd = batch.all() & 0xAAAA_AAAA_AAAA_AAAAL;
                    complete(batch, odd);
                    complete(batch, batch.all() & ~odd);
                };
        open(rig, host, entries, sizes, executor, 16, interrupts.getRef());
        long submitted = 0;
        boolean told = false;
        while ((submitted < 10_000 || host.completed() < submitted) && !Thread.interrupted()) {
            told |= interrupts.hasMessages() && !interrupts.getAllReceived().isEmpty();
            if (submitted < 10_000) {
                submitted += host.submit(8);
            }
            if (told) {
                host.consume(random.nextInt(1, 2 * entries));
                told = host.hasNew();
            }
        }
        assertThat(host.completed()).isEqualTo(submitted);
        assertThat(rig.invalid.hasMessages()).isFalse();
    }
}
