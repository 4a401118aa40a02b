package io.doorbell.spec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.function.LongPredicate;
import java.util.function.LongToIntFunction;

/** Base 2.0 §3.1.3.1, Figure 36. */
class ControllerCapabilitiesTest {
    private interface Setter {
        ControllerCapabilities.Builder set(ControllerCapabilities.Builder builder, int value);
    }

    private interface FlagSetter {
        ControllerCapabilities.Builder set(ControllerCapabilities.Builder builder, boolean value);
    }

    @Test
    void everyFieldIsInItsBits() {
        field(
                15,
                0,
                ControllerCapabilities::maximumQueueEntriesZeroBased,
                ControllerCapabilities.Builder::maximumQueueEntriesZeroBased);
        flag(
                16,
                ControllerCapabilities::contiguousQueuesRequired,
                ControllerCapabilities.Builder::contiguousQueuesRequired);
        field(
                18,
                17,
                ControllerCapabilities::arbitrationMechanisms,
                ControllerCapabilities.Builder::arbitrationMechanisms);
        field(
                31,
                24,
                ControllerCapabilities::timeoutHalfSeconds,
                ControllerCapabilities.Builder::timeoutHalfSeconds);
        field(
                35,
                32,
                ControllerCapabilities::doorbellStride,
                ControllerCapabilities.Builder::doorbellStride);
        flag(
                36,
                ControllerCapabilities::subsystemResetSupported,
                ControllerCapabilities.Builder::subsystemResetSupported);
        field(
                44,
                37,
                ControllerCapabilities::commandSets,
                ControllerCapabilities.Builder::commandSets);
        flag(
                45,
                ControllerCapabilities::bootPartitionsSupported,
                ControllerCapabilities.Builder::bootPartitionsSupported);
        field(
                47,
                46,
                ControllerCapabilities::powerScope,
                ControllerCapabilities.Builder::powerScope);
        field(
                51,
                48,
                ControllerCapabilities::minimumPageSize,
                ControllerCapabilities.Builder::minimumPageSize);
        field(
                55,
                52,
                ControllerCapabilities::maximumPageSize,
                ControllerCapabilities.Builder::maximumPageSize);
        flag(
                56,
                ControllerCapabilities::persistentMemoryRegionSupported,
                ControllerCapabilities.Builder::persistentMemoryRegionSupported);
        flag(
                57,
                ControllerCapabilities::controllerMemoryBufferSupported,
                ControllerCapabilities.Builder::controllerMemoryBufferSupported);
        flag(
                58,
                ControllerCapabilities::subsystemShutdownSupported,
                ControllerCapabilities.Builder::subsystemShutdownSupported);
        flag(
                59,
                ControllerCapabilities::readyWithMediaSupported,
                ControllerCapabilities.Builder::readyWithMediaSupported);
        flag(
                60,
                ControllerCapabilities::readyIndependentOfMediaSupported,
                ControllerCapabilities.Builder::readyIndependentOfMediaSupported);
    }

    @Test
    void workedValue_version14WithAThousandEntries() {
        ControllerCapabilities capabilities =
                ControllerCapabilities.builder()
                        .maximumQueueEntriesZeroBased(1023)
                        .contiguousQueuesRequired(true)
                        .timeoutHalfSeconds(20)
                        .commandSets(ControllerCapabilities.COMMAND_SET_NVM)
                        .build();
        assertThat(capabilities.value()).isEqualTo(0x0000_0020_1401_03FFL);
        assertThat(ControllerCapabilities.maximumQueueEntries(capabilities.value()))
                .isEqualTo(1024);
        assertThat(ControllerCapabilities.timeoutNanos(capabilities.value()))
                .isEqualTo(10_000_000_000L);
    }

    @Test
    void workedValue_version20IsReadyWithMedia() {
        long value = 0x0800_0020_1401_03FFL;
        assertThat(ControllerCapabilities.readyWithMediaSupported(value)).isTrue();
        assertThat(ControllerCapabilities.readyIndependentOfMediaSupported(value)).isFalse();
    }

    @Test
    void workedValue_largestQueuesAndPages() {
        long value = 0x0040_0020_1403_FFFFL;
        assertThat(ControllerCapabilities.maximumQueueEntries(value)).isEqualTo(65_536);
        assertThat(ControllerCapabilities.arbitrationMechanisms(value))
                .isEqualTo(ControllerCapabilities.ARBITRATION_WEIGHTED_ROUND_ROBIN);
        assertThat(ControllerCapabilities.minimumPageSizeBytes(value)).isEqualTo(4096);
        assertThat(ControllerCapabilities.maximumPageSizeBytes(value)).isEqualTo(65_536);
    }

    private static void field(int high, int low, LongToIntFunction get, Setter set) {
        long mask = -1L >>> (63 - high) & -1L << low;
        assertThat(get.applyAsInt(mask)).isEqualTo((int) (mask >>> low));
        assertThat(get.applyAsInt(~mask)).isZero();
        var builder = set.set(ControllerCapabilities.builder(), (int) (mask >>> low));
        assertThat(builder.build().value()).isEqualTo(mask);
    }

    private static void flag(int bit, LongPredicate get, FlagSetter set) {
        field(bit, bit, v -> get.test(v) ? 1 : 0, (b, value) -> set.set(b, value != 0));
    }
}
