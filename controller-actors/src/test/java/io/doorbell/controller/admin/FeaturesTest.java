package io.doorbell.controller.admin;

import static io.doorbell.controller.TestHost.assertStatus;
import static io.doorbell.controller.TestHost.assertSuccess;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.controller.Completion;
import io.doorbell.controller.IoCommand;
import io.doorbell.controller.TestHost;
import io.doorbell.controller.TestQueue;
import io.doorbell.controller.queue.ShardCounters;
import io.doorbell.spec.AdminOpcode;
import io.doorbell.spec.Status;
import io.doorbell.spec.command.GetFeatures;
import io.doorbell.spec.command.SetFeatures;
import io.doorbell.spec.feature.FeatureId;
import io.doorbell.spec.feature.InterruptCoalescing;
import io.doorbell.spec.feature.InterruptVectorConfiguration;
import io.doorbell.spec.feature.NumberOfQueues;
import io.doorbell.spec.feature.TemperatureThreshold;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Set and Get Features: what is stored, refused, and really done (Base §5.15, §5.27). */
class FeaturesTest {
    private static final int SELECT_CURRENT = GetFeatures.SELECT_CURRENT;

    private final TestHost host = TestHost.start();

    @BeforeEach
    void enable() {
        host.enable();
    }

    @AfterEach
    void close() {
        host.close();
    }

    // ---- Number of Queues ------------------------------------------------------------------

    @Test
    void numberOfQueues_grantsWhatIsAskedUpToTheMaximum() {
        assertThat(get(FeatureId.NUMBER_OF_QUEUES, SELECT_CURRENT).result()).isEqualTo(0xF000F);
        assertThat(set(FeatureId.NUMBER_OF_QUEUES, 0x3_0003).result()).isEqualTo(0x3_0003);
        assertThat(get(FeatureId.NUMBER_OF_QUEUES, SELECT_CURRENT).result()).isEqualTo(0x3_0003);
        assertThat(set(FeatureId.NUMBER_OF_QUEUES, 0xFFFE_FFFE).result()).isEqualTo(0xF000F);
    }

    @Test
    void numberOfQueues_limitsQueueIdentifiers() {
        assertSuccess(set(FeatureId.NUMBER_OF_QUEUES, NumberOfQueues.of(2, 2)));
        host.createQueuePair(2, 8);
        TestQueue third = host.describeQueue(3, 3, 8, 3);
        assertStatus(
                host.admin(entry -> TestHost.createCompletionQueue(entry, third)),
                Status.INVALID_QUEUE_IDENTIFIER);
    }

    @ParameterizedTest
    @ValueSource(ints = {0xFFFF, 0xFFFF_0000, 0xFFFF_FFFF})
    void numberOfQueues_65536IsInvalid(int value) {
        assertStatus(set(FeatureId.NUMBER_OF_QUEUES, value), Status.INVALID_FIELD_IN_COMMAND);
    }

    /** Also when the queues are gone again: the allocation is fixed until a reset. */
    @Test
    void numberOfQueuesAfterQueuesWereCreated_isASequenceErrorUntilReset() {
        TestQueue queue = host.describeQueue(1, 1, 8, 1);
        assertSuccess(host.admin(entry -> TestHost.createCompletionQueue(entry, queue)));
        assertStatus(set(FeatureId.NUMBER_OF_QUEUES, 0), Status.COMMAND_SEQUENCE_ERROR);
        assertSuccess(host.deleteCompletionQueue(1));
        assertStatus(set(FeatureId.NUMBER_OF_QUEUES, 0), Status.COMMAND_SEQUENCE_ERROR);
        assertThat(get(FeatureId.NUMBER_OF_QUEUES, SELECT_CURRENT).result()).isEqualTo(0xF000F);
        host.disable();
        host.enableAgain();
        assertSuccess(set(FeatureId.NUMBER_OF_QUEUES, 0));
    }

    // ---- select and errors -----------------------------------------------------------------

    @Test
    void select_tellsCurrentDefaultSavedAndCapabilities() {
        int value = InterruptCoalescing.withTime(7, 3);
        assertSuccess(set(FeatureId.INTERRUPT_COALESCING, value));
        assertThat(get(FeatureId.INTERRUPT_COALESCING, SELECT_CURRENT).result()).isEqualTo(value);
        assertThat(get(FeatureId.INTERRUPT_COALESCING, GetFeatures.SELECT_DEFAULT).result())
                .isZero();
        assertThat(get(FeatureId.INTERRUPT_COALESCING, GetFeatures.SELECT_SAVED).result()).isZero();
        assertThat(
                        get(
                                        FeatureId.INTERRUPT_COALESCING,
                                        GetFeatures.SELECT_SUPPORTED_CAPABILITIES)
                                .result())
                .isEqualTo(GetFeatures.CAPABILITY_CHANGEABLE);
        for (int reserved = 4; reserved < 8; reserved++) {
            assertStatus(
                    get(FeatureId.INTERRUPT_COALESCING, reserved), Status.INVALID_FIELD_IN_COMMAND);
        }
    }

    @Test
    void unknownFeature_isAnInvalidField() {
        for (int feature : new int[] {0, 3, 0x0C, 0x0D, 0x10, 0x7F, 0xC0}) {
            assertStatus(get(feature, SELECT_CURRENT), Status.INVALID_FIELD_IN_COMMAND);
            assertStatus(set(feature, 0), Status.INVALID_FIELD_IN_COMMAND);
        }
    }

    @Test
    void save_isRefusedForWhatIsNotSaveable() {
        Completion completion =
                host.admin(
                        AdminOpcode.SET_FEATURES,
                        entry -> {
                            SetFeatures.featureId(entry, FeatureId.INTERRUPT_COALESCING);
                            SetFeatures.save(entry, true);
                        });
        assertStatus(completion, Status.FEATURE_IDENTIFIER_NOT_SAVEABLE);
    }

    @Test
    void reset_bringsDefaultsBack() {
        assertSuccess(set(FeatureId.INTERRUPT_COALESCING, 0x0505));
        assertSuccess(set(FeatureId.INTERRUPT_VECTOR_CONFIGURATION, 0x1_0003));
        assertSuccess(set(FeatureId.ASYNCHRONOUS_EVENT_CONFIGURATION, 0x100));
        host.disable();
        host.enableAgain();
        assertThat(get(FeatureId.INTERRUPT_COALESCING, SELECT_CURRENT).result()).isZero();
        assertThat(getVector(3, SELECT_CURRENT).result()).isEqualTo(3);
        assertThat(get(FeatureId.ASYNCHRONOUS_EVENT_CONFIGURATION, SELECT_CURRENT).result())
                .isZero();
    }

    @Test
    void powerManagement_knowsOneState() {
        assertSuccess(set(FeatureId.POWER_MANAGEMENT, 0));
        assertStatus(set(FeatureId.POWER_MANAGEMENT, 1), Status.INVALID_FIELD_IN_COMMAND);
    }

    @Test
    void volatileWriteCache_canBeSwitchedOffAndOn() {
        assertThat(get(FeatureId.VOLATILE_WRITE_CACHE, SELECT_CURRENT).result()).isEqualTo(1);
        assertSuccess(set(FeatureId.VOLATILE_WRITE_CACHE, 0));
        assertThat(get(FeatureId.VOLATILE_WRITE_CACHE, SELECT_CURRENT).result()).isZero();
        assertSuccess(set(FeatureId.VOLATILE_WRITE_CACHE, 1));
        assertThat(get(FeatureId.VOLATILE_WRITE_CACHE, SELECT_CURRENT).result()).isEqualTo(1);
    }

    @Test
    void temperatureThreshold_overAndUnderAreTwoValues() {
        int under = TemperatureThreshold.withThresholdType(270, TemperatureThreshold.TYPE_UNDER);
        assertSuccess(set(FeatureId.TEMPERATURE_THRESHOLD, 350));
        assertSuccess(set(FeatureId.TEMPERATURE_THRESHOLD, under));
        assertThat(getTemperature(0).result()).isEqualTo(350);
        assertThat(getTemperature(under & ~0xFFFF).result()).isEqualTo(270);
        assertStatus(
                set(FeatureId.TEMPERATURE_THRESHOLD, TemperatureThreshold.withThresholdType(1, 2)),
                Status.INVALID_FIELD_IN_COMMAND);
    }

    private Completion getTemperature(int selector) {
        return host.admin(
                AdminOpcode.GET_FEATURES,
                entry ->
                        GetFeatures.selector(
                                GetFeatures.featureId(entry, FeatureId.TEMPERATURE_THRESHOLD),
                                selector));
    }

    // ---- interrupts ------------------------------------------------------------------------

    @Test
    void vectorConfiguration_isKeptForEachVector() {
        assertSuccess(set(FeatureId.INTERRUPT_VECTOR_CONFIGURATION, 0x1_0002));
        assertThat(getVector(2, SELECT_CURRENT).result()).isEqualTo(0x1_0002);
        assertThat(getVector(1, SELECT_CURRENT).result()).isEqualTo(0x0_0001);
        assertThat(getVector(2, GetFeatures.SELECT_DEFAULT).result()).isEqualTo(0x0_0002);
        assertStatus(
                set(FeatureId.INTERRUPT_VECTOR_CONFIGURATION, 17), Status.INVALID_FIELD_IN_COMMAND);
        assertStatus(getVector(17, SELECT_CURRENT), Status.INVALID_FIELD_IN_COMMAND);
    }

    @Test
    void coalescing_withholdsUntilTheThresholdIsReached() {
        TestQueue queue = host.createQueuePair(1, 64);
        assertSuccess(set(FeatureId.INTERRUPT_COALESCING, coalescing(8, 255)));
        ShardCounters before = host.counters();
        for (int command = 0; command < 8; command++) {
            host.submit(queue, IoCommand::flush);
            host.fence();
        }
        for (int command = 0; command < 8; command++) {
            assertSuccess(host.await(queue));
        }
        ShardCounters after = host.counters();
        assertThat(after.interruptsByThreshold - before.interruptsByThreshold).isEqualTo(1);
        assertThat(after.interrupts() - before.interrupts()).isEqualTo(1);
    }

    @Test
    void coalescing_givesUpAfterItsTime() {
        TestQueue queue = host.createQueuePair(1, 64);
        assertSuccess(set(FeatureId.INTERRUPT_COALESCING, coalescing(200, 5)));
        ShardCounters before = host.counters();
        assertSuccess(host.run(queue, IoCommand::flush));
        host.waitForCount(counters -> counters.interruptsByTime - before.interruptsByTime, 1);
    }

    @Test
    void coalescingDisabledForAVector_signalsAtOnce() {
        TestQueue queue = host.createQueuePair(1, 64);
        TestQueue other = host.createQueuePair(2, 64);
        assertSuccess(set(FeatureId.INTERRUPT_COALESCING, coalescing(4, 255)));
        assertSuccess(set(FeatureId.INTERRUPT_VECTOR_CONFIGURATION, 0x1_0001));
        ShardCounters before = host.counters();
        for (int command = 0; command < 3; command++) {
            host.submit(queue, IoCommand::flush);
            assertSuccess(host.await(queue));
        }
        for (int command = 0; command < 4; command++) {
            host.submit(other, IoCommand::flush);
        }
        for (int command = 0; command < 4; command++) {
            assertSuccess(host.await(other));
        }
        ShardCounters after = host.counters();
        assertThat(after.interruptsNotCoalesced - before.interruptsNotCoalesced).isEqualTo(3);
        assertThat(after.interruptsByThreshold - before.interruptsByThreshold).isEqualTo(1);
    }

    @Test
    void adminCompletions_areNeverWithheld() {
        assertSuccess(set(FeatureId.INTERRUPT_COALESCING, coalescing(200, 255)));
        ShardCounters before = host.counters();
        assertSuccess(get(FeatureId.ARBITRATION, SELECT_CURRENT));
        host.waitForCount(
                counters -> counters.interruptsNotCoalesced - before.interruptsNotCoalesced, 1);
    }

    private static int coalescing(int threshold, int time) {
        return InterruptCoalescing.withTime(threshold - 1, time);
    }

    private Completion get(int feature, int select) {
        return host.admin(
                AdminOpcode.GET_FEATURES,
                entry -> GetFeatures.select(GetFeatures.featureId(entry, feature), select));
    }

    private Completion getVector(int vector, int select) {
        return host.admin(
                AdminOpcode.GET_FEATURES,
                entry -> {
                    GetFeatures.featureId(entry, FeatureId.INTERRUPT_VECTOR_CONFIGURATION);
                    GetFeatures.select(entry, select);
                    GetFeatures.selector(entry, InterruptVectorConfiguration.withVector(0, vector));
                });
    }

    private Completion set(int feature, int value) {
        return host.admin(
                AdminOpcode.SET_FEATURES,
                entry -> SetFeatures.value(SetFeatures.featureId(entry, feature), value));
    }
}
