package io.doorbell.testkit.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.bus.pci.PciAccess;
import io.doorbell.guest.GuestCounters;
import io.doorbell.guest.GuestDriver.ResetKind;
import io.doorbell.guest.HostPolicies;
import io.doorbell.guest.HostPolicies.EventArithmetic;
import io.doorbell.guest.HostPolicies.Fullness;
import io.doorbell.guest.HostPolicies.QueueDeletion;
import io.doorbell.guest.HostPolicies.QueueMemory;
import io.doorbell.guest.HostPolicies.RingOrder;
import io.doorbell.guest.HostPolicies.ShadowOrder;
import io.doorbell.guest.HostPolicies.ShadowUse;
import io.doorbell.guest.HostPolicies.TimeoutReaction;
import io.doorbell.guest.HostPoliciesBuilder;
import io.doorbell.guest.workload.IoSource;
import io.doorbell.spec.Doorbells;
import io.doorbell.spec.Registers;
import io.doorbell.spec.Status;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The host's driver and a real controller, in trouble: all I/O completes, with the right data. */
class RecoveryTest {
    private static final long REQUESTS = 2_000;
    private static final TroubledStore.Trouble NONE = (_, _) -> 0;

    /** A way to be different from Linux. */
    record Habit(String name, UnaryOperator<HostPoliciesBuilder> change) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Habit> habits() {
        return Stream.of(
                new Habit("as Linux", to -> to),
                new Habit("no shadows", to -> to.shadows(ShadowUse.NONE)),
                new Habit("shadows for all", to -> to.shadows(ShadowUse.ADMIN_TOO)),
                new Habit("shadows first", to -> to.shadowOrder(ShadowOrder.BEFORE_QUEUES)),
                new Habit("SPDK's arithmetic", to -> to.arithmetic(EventArithmetic.SPDK)),
                new Habit("the book's", to -> to.arithmetic(EventArithmetic.QUEUE_SIZE)),
                new Habit("tail first", to -> to.order(RingOrder.TAIL_FIRST)),
                new Habit("ring each", to -> to.completionsPerRing(1).commandsPerRing(1)),
                new Habit("reset at once", to -> to.reaction(TimeoutReaction.RESET)),
                new Habit("pairs go", to -> to.deletion(QueueDeletion.PAIR_BY_PAIR)),
                new Habit("wrong order", to -> to.deletion(QueueDeletion.COMPLETION_QUEUES_FIRST)),
                new Habit("nothing goes", to -> to.deletion(QueueDeletion.NONE)),
                new Habit("all zeroed", to -> to.memory(QueueMemory.ALL_ZEROED)),
                new Habit("phases cleared", to -> to.memory(QueueMemory.PHASE_CLEARED)),
                new Habit("looks at the head", to -> to.fullness(Fullness.BOTH)),
                new Habit("trusts the head", to -> to.fullness(Fullness.REPORTED_HEAD)),
                new Habit("three to one", to -> to.submissionQueuesEach(3)),
                new Habit("small completion queue", to -> to.completionEntries(3)),
                new Habit("small admin queue", to -> to.adminEntries(2)),
                new Habit("watchdog", to -> to.watchdogInterval(Duration.ofSeconds(1))),
                new Habit("two consumers", to -> to.pollInterval(Duration.ofNanos(50_000))),
                new Habit(
                        "polled",
                        to -> to.interrupts(false).pollInterval(Duration.ofNanos(7_000))));
    }

    private static HostPolicies policies(UnaryOperator<HostPoliciesBuilder> change) {
        return change.apply(HostPolicies.LINUX.toBuilder()).build();
    }

    @ParameterizedTest
    @MethodSource("habits")
    void everyHabit_survivesEveryKindOfResetUnderLoad(Habit habit) {
        for (int entries : new int[] {16, 3, 2}) {
            try (RecoveryRig rig = new RecoveryRig(policies(habit.change()), null, NONE, entries)) {
                List<IoSource> jobs = rig.begin(REQUESTS);
                for (ResetKind kind : ResetKind.values()) {
                    rig.run(777);
                    assertThat(rig.reset(kind).problem()).isEmpty();
                    rig.run(333);
                    assertThat(rig.recreateQueues().problem()).isEmpty();
                }
                rig.finish();
                assertClean(jobs);
                assertThat(rig.shutDown().problem()).isEmpty();
                assertThat(rig.counters().unknownCompletions).isZero();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(ResetKind.class)
    void thousandResets_takeNoMoreMemory(ResetKind kind) {
        HostPolicies policies = policies(to -> to.retriesMax(Integer.MAX_VALUE));
        try (RecoveryRig rig = new RecoveryRig(policies, null, NONE)) {
            List<IoSource> jobs = rig.begin(20_000);
            rig.reset(kind);
            long free = rig.pages.freeBytes();
            int timers = rig.world.timers();
            for (int i = 0; i < 350; i++) {
                rig.run(i % 97);
                assertThat(rig.reset(kind).problem()).isEmpty();
            }
            assertThat(rig.pages.freeBytes()).isEqualTo(free);
            assertThat(rig.world.timers()).isLessThan(timers + 50);
            rig.finish();
            assertClean(jobs);
        }
    }

    @Test
    void lostInterrupts_areMadeUpForByALook() {
        try (RecoveryRig rig = new RecoveryRig(HostPolicies.LINUX, null, NONE)) {
            int[] count = {0};
            rig.filter.interrupts = _ -> ++count[0] % 40 < 20;
            List<IoSource> jobs = rig.begin(REQUESTS);
            rig.finish();
            assertClean(jobs);
            GuestCounters counters = rig.counters();
            assertThat(counters.polledCompletions).isPositive();
            assertThat(counters.aborts).isZero();
            assertThat(counters.cancellations).isZero();
        }
    }

    @Test
    void lostDoorbells_endInAReset() {
        HostPolicies policies = policies(to -> to.shadows(ShadowUse.NONE));
        try (RecoveryRig rig = new RecoveryRig(policies, null, NONE)) {
            int[] rings = {0};
            boolean[] deaf = {false};
            long tail = Doorbells.submissionTailOffset(1, 0);
            rig.filter.accesses =
                    access -> {
                        if (isWrite(access, tail)) {
                            deaf[0] |= ++rings[0] % 40 == 0;
                        } else if (isWrite(access, Registers.CC)) {
                            deaf[0] = false;
                        }
                        return deaf[0] && isWrite(access, tail) ? null : access;
                    };
            List<IoSource> jobs = rig.begin(REQUESTS);
            rig.finish();
            assertClean(jobs);
            assertThat(rig.counters().aborts).isPositive();
            assertThat(rig.counters().cancellations).isPositive();
        }
    }

    private static boolean isWrite(PciAccess access, long offset) {
        return switch (access) {
            case PciAccess.BarWrite write -> write.offsetBytes() == offset;
            case PciAccess.BarWritePair pair -> pair.second().offsetBytes() == offset;
            default -> false;
        };
    }

    @Test
    void errorsThatMayPass_areRetried_andOthersReported() {
        Map<Long, Integer> tries = new HashMap<>();
        TroubledStore.Trouble sometimes =
                (start, _) ->
                        (start >> 12) % 10 == 0 && tries.merge(start, 1, Integer::sum) % 3 != 0
                                ? Status.COMMAND_INTERRUPTED
                                : Status.SUCCESS;
        try (RecoveryRig rig = new RecoveryRig(HostPolicies.LINUX, null, sometimes)) {
            List<IoSource> jobs = rig.begin(REQUESTS);
            rig.finish();
            assertClean(jobs);
            assertThat(rig.counters().retries).isGreaterThan(100);
        }
        TroubledStore.Trouble once =
                (start, write) ->
                        write && start == 4096
                                ? Status.doNotRetry(Status.WRITE_FAULT)
                                : Status.SUCCESS;
        try (RecoveryRig rig = new RecoveryRig(HostPolicies.LINUX, null, once)) {
            List<IoSource> jobs = rig.begin(REQUESTS);
            rig.finish();
            assertThat(jobs.getFirst().result().errors()).isPositive();
            assertThat(jobs.getFirst().result().wrongBlocks()).isZero();
            assertThat(rig.counters().retries).isZero();
        }
    }

    /** Reads answer all ones from now on, and writes go nowhere. */
    @Test
    void surpriseRemoval_failsAllIo_withinBounds() {
        try (RecoveryRig rig = new RecoveryRig(HostPolicies.LINUX, null, NONE)) {
            List<IoSource> jobs = rig.begin(REQUESTS);
            rig.run(150);
            rig.filter.interrupts = _ -> false;
            rig.filter.accesses =
                    access -> {
                        if (access instanceof PciAccess.BarRead read) {
                            read.replyTo()
                                    .tell(
                                            new PciAccess.ReadCompletion(
                                                    read.tag(),
                                                    Integer.toUnsignedLong(Registers.DEVICE_GONE)));
                        }
                        return null; // configuration accesses are never answered
                    };
            long before = rig.world.nanoTime();
            rig.finish();
            assertThat(rig.world.nanoTime() - before).isLessThan(60_000_000_000L);
            assertThat(jobs).allMatch(job -> job.result().errors() > 0);
            assertThat(jobs).allMatch(job -> job.result().wrongBlocks() == 0);
            assertThat(rig.reset(ResetKind.CONTROLLER).problem()).isNotEmpty();
        }
    }

    private static void assertClean(List<IoSource> jobs) {
        for (IoSource job : jobs) {
            assertThat(job.result().firstFailures()).isEmpty();
            assertThat(job.result().isClean()).isTrue();
        }
    }
}
