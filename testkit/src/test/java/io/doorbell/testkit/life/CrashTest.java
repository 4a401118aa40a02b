package io.doorbell.testkit.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.spec.ControllerCapabilities;
import io.doorbell.spec.ControllerConfiguration;
import io.doorbell.spec.feature.FeatureId;
import io.doorbell.testkit.conformance.DeviceShape;
import io.doorbell.testkit.host.Commands;
import io.doorbell.testkit.host.Expect;
import io.doorbell.testkit.host.Host;
import io.doorbell.testkit.host.HostQueue;
import io.doorbell.testkit.host.Memory;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;

/**
 * A crash in any actor of an epoch is a fatal error of the controller: nothing of the epoch is left
 * when CSTS.CFS reads 1, and the host can reset it (Base §9.5).
 */
class CrashTest {
    private static final int ENTRIES = 64;
    private static final long SECOND_NANOS = 1_000_000_000L;

    /** Every actor of an epoch at work, by name: whoever adds one to it is tested with it. */
    static List<String> actors() {
        try (LifeRig rig = new LifeRig()) {
            new Work(rig);
            return rig.epoch().stream().map(node -> withoutNumber(node.path())).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("actors")
    void crash_isFatalStopsTheEpochAndCanBeReset(String path) {
        try (LifeRig rig = new LifeRig()) {
            Work work = new Work(rig);
            work.submitReads();
            rig.run(20); // commands are under way
            ActorTree.Node victim = find(rig, path);
            victim.ref().tell(new UnheardOf());
            rig.host.expect("CSTS.CFS is 1", rig.host::isFatal);
            assertThat(rig.epoch()).as("actors of the epoch").isEmpty();
            work.expectSilence();
            work.expectSilenceAfterRinging();
            for (Means means : Means.values()) {
                means.reset(rig.host);
                Work again = new Work(rig);
                again.run();
            }
            assertThat(rig.epoch()).hasSize(actors().size());
        }
    }

    /** A reset that meets the crash half way is still a reset. */
    @ParameterizedTest
    @MethodSource("actors")
    void crashWhileTheHostResets_leavesAControllerThatWorks(String path) {
        try (LifeRig rig = new LifeRig()) {
            Work work = new Work(rig);
            work.submitReads();
            ActorTree.Node victim = find(rig, path);
            victim.ref().tell(new UnheardOf());
            rig.run(1);
            Means.CONTROLLER.reset(rig.host);
            new Work(rig).run();
        }
    }

    private static ActorTree.Node find(LifeRig rig, String path) {
        return rig.epoch().stream()
                .filter(node -> withoutNumber(node.path()).equals(path))
                .findFirst()
                .orElseThrow();
    }

    private static String withoutNumber(String path) {
        return path.replaceAll("epoch-\\d+", "epoch");
    }

    /** No actor knows this message; each throws at it. */
    private record UnheardOf() {}

    /** A driver with two queues, coalescing, an event request and, if offered, every extra. */
    private static final class Work {
        private final LifeRig rig;
        private final Host host;
        private final HostQueue first;
        private final HostQueue second;
        private final long data;

        Work(LifeRig rig) {
            this.rig = rig;
            this.host = rig.host;
            host.enableFunction();
            host.configureAdmin(32, 32);
            boolean weighted =
                    (ControllerCapabilities.arbitrationMechanisms(host.cap())
                                    & ControllerCapabilities.ARBITRATION_WEIGHTED_ROUND_ROBIN)
                            != 0;
            host.enable(
                    ControllerConfiguration.withArbitrationMechanism(
                            Host.CC_ENABLE,
                            weighted
                                    ? ControllerConfiguration.ARBITRATION_WEIGHTED_ROUND_ROBIN
                                    : ControllerConfiguration.ARBITRATION_ROUND_ROBIN));
            host.adminOk(Commands.getFeature(FeatureId.NUMBER_OF_QUEUES)); // by pin
            host.enableMsix();
            host.requestEvent();
            first = host.createPair(1, ENTRIES);
            second = host.createPair(2, ENTRIES);
            host.adminOk(Commands.setFeature(FeatureId.INTERRUPT_COALESCING, 0xFFFF));
            data = host.memory().pages(1);
            run();
        }

        void run() {
            Expect.success(first.run(Commands.flush(1)));
            Expect.success(second.run(Commands.flush(1)));
            host.adminOk(Commands.getFeature(FeatureId.NUMBER_OF_QUEUES));
        }

        void submitReads() {
            for (int i = 0; i < ENTRIES / 2; i++) {
                first.put(Commands.read(1, i, 8, data));
                second.put(Commands.read(1, i, 8, data));
            }
            first.ring();
            second.ring();
        }

        /** Neither memory nor interrupts change any more, and no timer is left. */
        void expectSilence() {
            host.memory().fill(data, Memory.PAGE_BYTES, 0x77);
            List<Memory.Watch> watches =
                    List.of(
                            host.memory().watch(data, Memory.PAGE_BYTES),
                            host.memory().watch(first.completionBase(), ENTRIES * 16),
                            host.memory().watch(second.completionBase(), ENTRIES * 16),
                            host.memory()
                                    .watch(host.adminQueue().completionBase(), Memory.PAGE_BYTES));
            rig.world.runUntilQuiet();
            long[] interrupts = interrupts();
            host.elapse(SECOND_NANOS);
            watches.forEach(Memory.Watch::expectUnchanged);
            assertThat(interrupts()).isEqualTo(interrupts);
            assertThat(host.function().isPinAsserted()).isFalse();
        }

        void expectSilenceAfterRinging() {
            submitReads();
            host.adminQueue().submit(Commands.getFeature(FeatureId.NUMBER_OF_QUEUES));
            expectSilence();
        }

        private long[] interrupts() {
            long[] counts = new long[DeviceShape.DEFAULT.vectors()];
            for (int i = 0; i < counts.length; i++) {
                counts[i] = host.vector(i).count();
            }
            return counts;
        }
    }
}
