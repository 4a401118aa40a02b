package io.doorbell.spec.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.doorbell.spec.WindowLayout;
import io.doorbell.spec.WordLayout;

import org.junit.jupiter.api.Test;

/** Base 2.0 §5.27.1. */
class FeatureValuesTest {
    @Test
    void hostBehavior_hasEveryFieldWhereTheClausePutsIt() {
        WindowLayout.of(512, new HostBehavior()::wrap)
                .field(
                        "commandRetryEnable",
                        0,
                        0,
                        HostBehavior::commandRetryEnable,
                        HostBehavior::commandRetryEnable)
                .field(
                        "telemetryDataArea4",
                        1,
                        1,
                        HostBehavior::telemetryDataArea4,
                        HostBehavior::telemetryDataArea4)
                .field(
                        "extendedLbaFormats",
                        2,
                        2,
                        HostBehavior::extendedLbaFormats,
                        HostBehavior::extendedLbaFormats)
                .hasNoOtherField(HostBehavior.class);
        assertThat(HostBehavior.SIZE_BYTES).isEqualTo(512);
    }

    @Test
    void arbitration_hasItsFieldsInPlace() {
        WordLayout.field(2, 0, Arbitration::burst, Arbitration::withBurst);
        WordLayout.field(
                15,
                8,
                Arbitration::lowPriorityWeightZeroBased,
                Arbitration::withLowPriorityWeightZeroBased);
        WordLayout.field(
                23,
                16,
                Arbitration::mediumPriorityWeightZeroBased,
                Arbitration::withMediumPriorityWeightZeroBased);
        WordLayout.field(
                31,
                24,
                Arbitration::highPriorityWeightZeroBased,
                Arbitration::withHighPriorityWeightZeroBased);
    }

    @Test
    void powerManagement_hasItsFieldsInPlace() {
        WordLayout.field(4, 0, PowerManagement::powerState, PowerManagement::withPowerState);
        WordLayout.field(7, 5, PowerManagement::workloadHint, PowerManagement::withWorkloadHint);
    }

    @Test
    void lbaRangeType_hasItsFieldsInPlace() {
        WordLayout.field(
                5, 0, LbaRangeType::rangeCountZeroBased, LbaRangeType::withRangeCountZeroBased);
    }

    @Test
    void temperatureThreshold_hasItsFieldsInPlace() {
        WordLayout.field(
                15,
                0,
                TemperatureThreshold::thresholdKelvin,
                TemperatureThreshold::withThresholdKelvin);
        WordLayout.field(19, 16, TemperatureThreshold::sensor, TemperatureThreshold::withSensor);
        WordLayout.field(
                21,
                20,
                TemperatureThreshold::thresholdType,
                TemperatureThreshold::withThresholdType);
    }

    @Test
    void errorRecovery_hasItsFieldsInPlace() {
        WordLayout.field(15, 0, ErrorRecovery::timeLimit, ErrorRecovery::withTimeLimit);
        WordLayout.flag(16, ErrorRecovery::deallocatedErrors, ErrorRecovery::withDeallocatedErrors);
    }

    @Test
    void volatileWriteCache_hasItsFieldsInPlace() {
        WordLayout.flag(0, VolatileWriteCache::enabled, VolatileWriteCache::withEnabled);
    }

    @Test
    void numberOfQueues_hasItsFieldsInPlace() {
        WordLayout.field(15, 0, NumberOfQueues::submissionQueuesZeroBased);
        WordLayout.field(31, 16, NumberOfQueues::completionQueuesZeroBased);
    }

    @Test
    void interruptCoalescing_hasItsFieldsInPlace() {
        WordLayout.field(
                7,
                0,
                InterruptCoalescing::thresholdZeroBased,
                InterruptCoalescing::withThresholdZeroBased);
        WordLayout.field(15, 8, InterruptCoalescing::time, InterruptCoalescing::withTime);
    }

    @Test
    void interruptVectorConfiguration_hasItsFieldsInPlace() {
        WordLayout.field(
                15,
                0,
                InterruptVectorConfiguration::vector,
                InterruptVectorConfiguration::withVector);
        WordLayout.flag(
                16,
                InterruptVectorConfiguration::coalescingDisabled,
                InterruptVectorConfiguration::withCoalescingDisabled);
    }

    @Test
    void writeAtomicity_hasItsFieldsInPlace() {
        WordLayout.flag(0, WriteAtomicity::normalDisabled, WriteAtomicity::withNormalDisabled);
    }

    @Test
    void autonomousPowerStateTransition_hasItsFieldsInPlace() {
        WordLayout.flag(
                0,
                AutonomousPowerStateTransition::enabled,
                AutonomousPowerStateTransition::withEnabled);
    }

    @Test
    void hostMemoryBuffer_hasItsFieldsInPlace() {
        WordLayout.flag(0, HostMemoryBuffer::enabled, HostMemoryBuffer::withEnabled);
        WordLayout.flag(1, HostMemoryBuffer::memoryReturn, HostMemoryBuffer::withMemoryReturn);
    }

    @Test
    void hostControlledThermalManagement_hasItsFieldsInPlace() {
        WordLayout.field(
                15,
                0,
                HostControlledThermalManagement::temperature2Kelvin,
                HostControlledThermalManagement::withTemperature2Kelvin);
        WordLayout.field(
                31,
                16,
                HostControlledThermalManagement::temperature1Kelvin,
                HostControlledThermalManagement::withTemperature1Kelvin);
    }

    @Test
    void nonOperationalPowerState_hasItsFieldsInPlace() {
        WordLayout.flag(
                0, NonOperationalPowerState::permissive, NonOperationalPowerState::withPermissive);
    }

    @Test
    void ioCommandSetProfile_hasItsFieldsInPlace() {
        WordLayout.field(
                8,
                0,
                IoCommandSetProfile::combinationIndex,
                IoCommandSetProfile::withCombinationIndex);
    }

    @Test
    void softwareProgressMarker_hasItsFieldsInPlace() {
        WordLayout.field(
                7,
                0,
                SoftwareProgressMarker::preBootLoadCount,
                SoftwareProgressMarker::withPreBootLoadCount);
    }

    @Test
    void hostIdentifier_hasItsFieldsInPlace() {
        WordLayout.flag(0, HostIdentifier::extended, HostIdentifier::withExtended);
    }

    @Test
    void burst_isAPowerOfTwoOrUnlimited() {
        assertThat(Arbitration.burstCommands(0)).isEqualTo(1);
        assertThat(Arbitration.burstCommands(6)).isEqualTo(64);
        assertThat(Arbitration.burstCommands(7)).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void numberOfQueues_isCountedFromZeroInBothHalves() {
        assertThat(NumberOfQueues.of(4, 8)).isEqualTo(0x0007_0003);
        assertThat(NumberOfQueues.submissionQueues(0x0007_0003)).isEqualTo(4);
        assertThat(NumberOfQueues.completionQueues(0x0007_0003)).isEqualTo(8);
        assertThatThrownBy(() -> NumberOfQueues.of(0, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void coalescingTime_isInUnitsOf100Microseconds() {
        assertThat(InterruptCoalescing.timeNanos(0x0A07)).isEqualTo(1_000_000);
        assertThat(InterruptCoalescing.timeNanos(0xFF00)).isEqualTo(25_500_000);
    }

    @Test
    void timestamp_splitsTheQword() {
        long timestamp =
                Timestamp.withOrigin(
                        Timestamp.withMillis(0, 0x0123_4567_89ABL), Timestamp.ORIGIN_HOST);
        assertThat(timestamp).isEqualTo(0x0002_0123_4567_89ABL);
        assertThat(Timestamp.millis(timestamp)).isEqualTo(0x0123_4567_89ABL);
        assertThat(Timestamp.origin(timestamp)).isEqualTo(1);
        assertThat(Timestamp.stopped(timestamp)).isFalse();
        assertThat(Timestamp.withStopped(0, true)).isEqualTo(1L << 48);
    }

    @Test
    void autonomousTransition_splitsTheQword() {
        assertThat(AutonomousTransition.withTargetPowerState(0, 31)).isEqualTo(0xF8);
        assertThat(AutonomousTransition.withIdleMillis(0, 0xFF_FFFF)).isEqualTo(0xFFFF_FF00L);
        assertThat(AutonomousTransition.targetPowerState(0xF8)).isEqualTo(31);
        assertThat(AutonomousTransition.idleMillis(0xFFFF_FF00L)).isEqualTo(0xFF_FFFF);
    }

    @Test
    void eventBits_areThoseOfTheClause() {
        assertThat(AsynchronousEventConfiguration.SPARE).isEqualTo(1);
        assertThat(AsynchronousEventConfiguration.PERSISTENT_MEMORY).isEqualTo(1 << 5);
        assertThat(AsynchronousEventConfiguration.NAMESPACE_ATTRIBUTE).isEqualTo(0x100);
        assertThat(AsynchronousEventConfiguration.ENDURANCE_GROUP).isEqualTo(1 << 14);
        assertThat(AsynchronousEventConfiguration.SUBSYSTEM_SHUTDOWN).isEqualTo(1 << 15);
        assertThat(AsynchronousEventConfiguration.ZONE_DESCRIPTOR).isEqualTo(1 << 27);
        assertThat(AsynchronousEventConfiguration.DISCOVERY_LOG).isEqualTo(Integer.MIN_VALUE);
        assertThat(AsynchronousEventConfiguration.RESERVED_MASK).isEqualTo(reservedBits());
    }

    /** Bits 6, 7, 16 to 26 and 28 to 30. */
    private static int reservedBits() {
        int bits = 1 << 6 | 1 << 7;
        for (int bit = 16; bit <= 30; bit++) {
            bits |= bit == 27 ? 0 : 1 << bit;
        }
        return bits;
    }

    @Test
    void featureIds_haveNamesForPeople() {
        assertThat(FeatureId.name(FeatureId.NUMBER_OF_QUEUES)).isEqualTo("Number of Queues");
        assertThat(FeatureId.NUMBER_OF_QUEUES).isEqualTo(7);
        assertThat(FeatureId.HOST_IDENTIFIER).isEqualTo(0x81);
        assertThat(FeatureId.name(0xFF)).isEqualTo("Feature FFh");
    }
}
