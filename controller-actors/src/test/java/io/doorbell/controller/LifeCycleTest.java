package io.doorbell.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.spec.AdminOpcode;
import io.doorbell.spec.AdminQueueAttributes;
import io.doorbell.spec.ControllerConfiguration;
import io.doorbell.spec.ControllerStatus;
import io.doorbell.spec.Registers;
import io.doorbell.spec.Version;
import io.doorbell.spec.command.GetFeatures;
import io.doorbell.spec.feature.FeatureId;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Enable, ready, reset, shutdown and failure, as the registers show them (Base §3.5 to §3.7). */
class LifeCycleTest {
    private final TestHost host = TestHost.start();

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void powerOn_isDisabledAndAllWritableRegistersAreZero() {
        host.plugIn();
        assertThat(host.readRegister32(Registers.CC)).isZero();
        assertThat(host.status()).isZero();
        assertThat(host.readRegister32(Registers.AQA)).isZero();
        assertThat(host.readRegister64(Registers.ASQ)).isZero();
        assertThat(host.readRegister32(Registers.VS)).isEqualTo(Version.V2_0);
        assertThat(host.readRegister32(Registers.CMBSZ)).isZero();
    }

    @Test
    void enable_becomesReadyAndRunsCommands() {
        host.enable();
        assertThat(host.status()).isEqualTo(1);
        TestHost.assertSuccess(getFeature());
    }

    @Test
    void disable_readsNotReadyAndConfigurationZeroAndKeepsAdminRegisters() {
        host.enable();
        long submissionBase = host.admin().submissionBase;
        long completionBase = host.admin().completionBase;
        host.disable();
        assertThat(host.status()).isZero();
        assertThat(host.readRegister32(Registers.CC)).isZero();
        assertThat(host.readRegister32(Registers.AQA)).isEqualTo(0x1F001F);
        assertThat(host.readRegister64(Registers.ASQ)).isEqualTo(submissionBase);
        assertThat(host.readRegister64(Registers.ACQ)).isEqualTo(completionBase);
    }

    @Test
    void resetWritesOtherFields_configurationReadsZeroAfterwards() {
        host.enable();
        host.writeRegister32(Registers.CC, TestHost.ENABLE & ~1);
        host.awaitReady(false);
        assertThat(host.readRegister32(Registers.CC)).isZero();
    }

    @Test
    void configurationBeforeEnable_isKept() {
        host.plugIn();
        host.writeRegister32(Registers.CC, 0x0046_0000);
        assertThat(host.readRegister32(Registers.CC)).isEqualTo(0x0046_0000);
    }

    @ParameterizedTest
    @CsvSource({
        // what, AQA, ASQ offset, ACQ offset, CC
        "no submission queue, 001F0000, 0, 0, 00460001",
        "no completion queue, 0000001F, 0, 0, 00460001",
        "page size above CAP.MPSMAX, 001F001F, 0, 0, 00460281",
        "queue misaligned for its page size, 001F001F, 1000, 0, 00460081",
        "command set not in CAP.CSS, 001F001F, 0, 0, 00460061",
        "reserved arbitration, 001F001F, 0, 0, 00461001",
        "submission queue beyond memory, 001F001F, 700000000000, 0, 00460001",
        "completion queue beyond memory, 001F001F, 0, 700000000000, 00460001",
        "submission queue half beyond memory, 0FFF0FFF, FFFFF000, 0, 00460001",
    })
    void enableWithWhatCannotWork_isFatalAndRecoversByReset(
            String what, String attributes, String submission, String completion, String cc) {
        host.plugIn();
        long base = TestMemory.START;
        host.writeRegister32(Registers.AQA, Integer.parseUnsignedInt(attributes, 16));
        host.writeRegister64(Registers.ASQ, base + Long.parseLong(submission, 16));
        host.writeRegister64(Registers.ACQ, base + Long.parseLong(completion, 16));
        host.writeRegister32(Registers.CC, Integer.parseUnsignedInt(cc, 16));
        host.awaitFatal();
        assertThat(ControllerStatus.ready(host.status())).as(what).isFalse();
        host.writeRegister32(Registers.CC, 0);
        host.awaitStatus("CFS=0", status -> status == 0);
        host.enableAgain();
        TestHost.assertSuccess(getFeature());
    }

    @Test
    void adminCompletionQueueInReadOnlyMemory_isFatal() {
        host.plugIn();
        host.programAdminQueues();
        host.writeRegister64(Registers.ACQ, host.memory().addReadOnlyPage());
        host.writeRegister32(Registers.CC, TestHost.ENABLE);
        host.awaitFatal();
    }

    @Test
    void enableClearedWhileEnabling_endsDisabledAndCanBeEnabled() {
        host.plugIn();
        for (int round = 0; round < 50; round++) {
            host.programAdminQueues();
            host.writeRegister32(Registers.CC, TestHost.ENABLE);
            host.writeRegister32(Registers.CC, 0);
            host.awaitStatus("idle", status -> status == 0);
        }
        host.enableAgain();
        TestHost.assertSuccess(getFeature());
    }

    @Test
    void enableSetWhileResetting_finishesTheResetAndEnables() {
        host.enable();
        for (int round = 0; round < 50; round++) {
            TestHost.assertSuccess(getFeature());
            host.writeRegister32(Registers.CC, 0);
            host.programAdminQueues();
            host.writeRegister32(Registers.CC, TestHost.ENABLE);
            // RDY may still be that of the life before: the new one answers commands.
            host.awaitReady(true);
            TestHost.assertSuccess(runOnceReady());
        }
    }

    /** A doorbell of the old life is lost with it, so ring again until the new one answers. */
    private Completion runOnceReady() {
        host.admin()
                .put(
                        entry ->
                                GetFeatures.featureId(
                                        entry.opcode(AdminOpcode.GET_FEATURES),
                                        FeatureId.ARBITRATION));
        Completion completion = null;
        while (completion == null) {
            host.awaitReady(true);
            host.ring(host.admin());
            host.fence();
            completion = host.admin().poll();
        }
        return completion;
    }

    @ParameterizedTest
    @CsvSource({"1", "2"})
    void shutdown_completesAndStaysUntilReset(int kind) {
        host.enable();
        host.writeRegister32(
                Registers.CC,
                ControllerConfiguration.withShutdownNotification(TestHost.ENABLE, kind));
        host.awaitShutdown(ControllerStatus.SHUTDOWN_COMPLETE);
        host.writeRegister32(Registers.CC, TestHost.ENABLE);
        assertThat(ControllerStatus.shutdownStatus(host.status()))
                .isEqualTo(ControllerStatus.SHUTDOWN_COMPLETE);
        host.disable();
        assertThat(host.status()).isZero();
        host.enableAgain();
        assertThat(host.status()).isEqualTo(1);
    }

    @Test
    void shutdownWhileDisabled_completesAndEnablingEndsIt() {
        host.plugIn();
        host.writeRegister32(
                Registers.CC,
                ControllerConfiguration.withShutdownNotification(
                        0, ControllerConfiguration.SHUTDOWN_NORMAL));
        host.awaitShutdown(ControllerStatus.SHUTDOWN_COMPLETE);
        host.enableAgain();
        assertThat(host.status()).as("EN=1 with SHN=00b ends the shutdown").isEqualTo(1);
    }

    @Test
    void shutdownWithReset_isBoth() {
        host.enable();
        host.writeRegister32(
                Registers.CC,
                ControllerConfiguration.withShutdownNotification(
                        0x0046_0000, ControllerConfiguration.SHUTDOWN_NORMAL));
        host.awaitReady(false);
        host.awaitShutdown(ControllerStatus.SHUTDOWN_COMPLETE);
        host.enableAgain();
        assertThat(host.status()).isEqualTo(1);
    }

    @Test
    void adminRegistersWhileEnabled_keepTheirValues() {
        host.enable();
        long submissionBase = host.admin().submissionBase;
        host.writeRegister32(Registers.AQA, AdminQueueAttributes.of(4, 4));
        host.writeRegister64(Registers.ASQ, 0x5000);
        host.writeRegister32(Registers.ACQ, 0x6000);
        host.writeRegister32(Registers.ACQ + 4, 1);
        assertThat(host.readRegister32(Registers.AQA)).isEqualTo(0x1F001F);
        assertThat(host.readRegister64(Registers.ASQ)).isEqualTo(submissionBase);
        assertThat(host.readRegister64(Registers.ACQ)).isEqualTo(host.admin().completionBase);
        TestHost.assertSuccess(getFeature());
    }

    @Test
    void manyResets_everyEpochStartsFresh() {
        host.enable();
        for (int round = 0; round < 40; round++) {
            TestQueue queue = host.createQueuePair(1 + round % 16, 8);
            for (int command = 0; command < 10; command++) { // wraps: the phase flips
                TestHost.assertSuccess(host.run(queue, IoCommand::flush));
            }
            assertThat(
                            host.admin(
                                            AdminOpcode.GET_FEATURES,
                                            entry ->
                                                    GetFeatures.featureId(
                                                            entry, FeatureId.NUMBER_OF_QUEUES))
                                    .result())
                    .isEqualTo(0xF000F);
            host.disable();
            host.enableAgain();
        }
    }

    @Test
    void resetWithCommandsInFlight_nothingOfThemIsPostedAfterwards() {
        host.enable();
        for (int round = 0; round < 20; round++) {
            host.disable();
            host.enableAgain();
            TestQueue queue = host.createQueuePair(1, 256);
            for (int command = 0; command < 255; command++) {
                queue.put(IoCommand::flush);
            }
            host.ring(queue);
            host.disable();
            byte[] posted = host.memory().bytes(queue.completionBase, 4096);
            host.enableAgain();
            TestQueue next = host.createQueuePair(1, 8);
            TestHost.assertSuccess(host.run(next, IoCommand::flush));
            assertThat(host.memory().bytes(queue.completionBase, 4096)).isEqualTo(posted);
        }
    }

    private Completion getFeature() {
        return host.admin(
                AdminOpcode.GET_FEATURES,
                entry -> GetFeatures.featureId(entry, FeatureId.ARBITRATION));
    }
}
