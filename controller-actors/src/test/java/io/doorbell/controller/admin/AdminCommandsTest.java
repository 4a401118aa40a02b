package io.doorbell.controller.admin;

import static io.doorbell.controller.TestHost.assertStatus;
import static io.doorbell.controller.TestHost.assertSuccess;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.controller.Completion;
import io.doorbell.controller.TestHost;
import io.doorbell.controller.TestMemory;
import io.doorbell.controller.namespace.NullStore;
import io.doorbell.spec.AdminOpcode;
import io.doorbell.spec.Doorbells;
import io.doorbell.spec.Status;
import io.doorbell.spec.SubmissionEntry;
import io.doorbell.spec.command.GetLogPage;
import io.doorbell.spec.command.Identify;
import io.doorbell.spec.identify.IdentifyController;
import io.doorbell.spec.identify.IdentifyNamespace;
import io.doorbell.spec.identify.NamespaceList;
import io.doorbell.spec.log.AsynchronousEvent;
import io.doorbell.spec.log.ErrorInformation;
import io.doorbell.spec.log.LogPageId;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Identify, Get Log Page, asynchronous events, Abort, and what is no command (Base §5). */
class AdminCommandsTest {
    private static final int UNTOUCHED = 0xA5A5_A5A5;

    /** Namespaces 1 and 3 of NN = 3: 2 is valid and inactive. */
    private final TestHost host =
            TestHost.machine()
                    .namespaces(
                            TestHost.namespace(1, 1 << 15, 9, new NullStore()),
                            TestHost.namespace(3, 1000, 12, new NullStore()))
                    .start();

    private long page;

    @BeforeEach
    void enable() {
        host.enable();
        page = host.memory().pages(2);
    }

    @AfterEach
    void close() {
        host.close();
    }

    // ---- Identify --------------------------------------------------------------------------

    @Test
    void identifyController_saysWhatTheControllerIs() {
        assertSuccess(identify(Identify.CONTROLLER, 0, 0));
        IdentifyController controller =
                new IdentifyController().wrap(host.memory().at(page, 4096), 0);
        assertThat(controller.vendorId()).isEqualTo(0x1B36);
        assertThat(controller.maximumDataTransferSize()).isEqualTo(7);
        assertThat(controller.namespaceIdMaximum()).isEqualTo(3);
        assertThat(controller.abortLimitZeroBased()).isEqualTo(3);
        assertThat(controller.eventRequestLimitZeroBased()).isEqualTo(3);
        assertThat(controller.submissionEntrySizes()).isEqualTo(0x66);
        assertThat(controller.completionEntrySizes()).isEqualTo(0x44);
        assertThat(controller.subsystemQualifiedName()).startsWith("nqn.2014-08.org.nvmexpress:");
        assertThat(controller.sglSupport()).isEqualTo(0x5_0001);
    }

    @Test
    void identifyNamespace_activeInactiveAndInvalid() {
        assertSuccess(identify(Identify.NAMESPACE, 3, 0));
        IdentifyNamespace namespace = new IdentifyNamespace().wrap(host.memory().at(page, 4096), 0);
        assertThat(namespace.sizeBlocks()).isEqualTo(1000);
        assertThat(namespace.capacityBlocks()).isEqualTo(1000);
        assertThat(namespace.lbaFormat(namespace.formatIndex())).isEqualTo(0x000C_0000);
        assertSuccess(identify(Identify.NAMESPACE, 2, 0));
        assertThat(host.memory().bytes(page, 4096)).containsOnly(0);
        for (int id : new int[] {0, 4, -1, -2}) {
            assertStatus(identify(Identify.NAMESPACE, id, 0), Status.INVALID_NAMESPACE_OR_FORMAT);
        }
        assertThat(host.memory().getInt(page)).as("a refused page").isEqualTo(UNTOUCHED);
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 3", "1, 3, 0", "2, 3, 0", "3, 0, 0", "100, 0, 0", "-3, 0, 0"})
    void activeNamespaces_aboveTheGivenId(int after, int first, int second) {
        assertSuccess(identify(Identify.ACTIVE_NAMESPACE_LIST, after, 0));
        NamespaceList list = new NamespaceList().wrap(host.memory().at(page, 4096), 0);
        assertThat(list.namespaceId(0)).isEqualTo(first);
        assertThat(list.namespaceId(1)).isEqualTo(second);
        assertThat(list.namespaceId(2)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, -2})
    void activeNamespacesAboveTheHighestIds_areRefused(int after) {
        assertStatus(
                identify(Identify.ACTIVE_NAMESPACE_LIST, after, 0),
                Status.INVALID_NAMESPACE_OR_FORMAT);
    }

    @Test
    void descriptors_nguidAndUuidOrAnError() {
        assertSuccess(identify(Identify.NAMESPACE_DESCRIPTORS, 3, 0));
        assertThat(host.memory().getInt(page)).as("NGUID, 16 bytes").isEqualTo(0x1002);
        assertThat(host.memory().getInt(page + 20)).as("UUID, 16 bytes").isEqualTo(0x1003);
        assertThat(host.memory().getInt(page + 40)).as("end").isZero();
        assertStatus(
                identify(Identify.NAMESPACE_DESCRIPTORS, 2, 0), Status.INVALID_FIELD_IN_COMMAND);
        for (int id : new int[] {0, 4, -1}) {
            assertStatus(
                    identify(Identify.NAMESPACE_DESCRIPTORS, id, 0),
                    Status.INVALID_NAMESPACE_OR_FORMAT);
        }
    }

    @Test
    void commandSetPages_areZerosForNvmAndRefusedForOthers() {
        for (int id : new int[] {1, 2, 3}) {
            assertSuccess(identify(Identify.COMMAND_SET_NAMESPACE, id, 0));
            assertThat(host.memory().bytes(page, 4096)).containsOnly(0);
        }
        for (int id : new int[] {0, 4, -1}) {
            assertStatus(
                    identify(Identify.COMMAND_SET_NAMESPACE, id, 0),
                    Status.INVALID_NAMESPACE_OR_FORMAT);
        }
        assertStatus(
                identify(Identify.COMMAND_SET_NAMESPACE, 1, 2), Status.INVALID_FIELD_IN_COMMAND);
        assertSuccess(identify(Identify.COMMAND_SET_CONTROLLER, 0, 0));
        assertThat(host.memory().bytes(page, 4096)).containsOnly(0);
        assertStatus(
                identify(Identify.COMMAND_SET_CONTROLLER, 0, 1), Status.INVALID_FIELD_IN_COMMAND);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 9, 0x10, 0x13, 0x1C, 0xFF})
    void unknownStructure_isAnInvalidField(int structure) {
        assertStatus(identify(structure, 1, 0), Status.INVALID_FIELD_IN_COMMAND);
    }

    @Test
    void identifyAcrossTwoPages_arrivesWhole() {
        long first = host.memory().pages(1) + 0x200;
        long second = host.memory().pages(3) + 2 * TestMemory.PAGE_BYTES;
        assertSuccess(
                host.admin(
                        AdminOpcode.IDENTIFY,
                        entry -> {
                            Identify.structure(entry, Identify.CONTROLLER);
                            entry.prp1(first).prp2(second);
                        }));
        assertThat(host.memory().getInt(first) & 0xFFFF).isEqualTo(0x1B36);
        assertThat(host.memory().bytes(first + 0x300, 4)) // byte 768: SUBNQN
                .isEqualTo("nqn.".getBytes(StandardCharsets.US_ASCII));
        assertThat(host.memory().getInt(second - 4)).as("before the second page").isZero();
    }

    @Test
    void identifyIntoNowhere_isATransferError() {
        assertStatus(
                host.admin(
                        AdminOpcode.IDENTIFY,
                        entry -> Identify.structure(entry, 1).prp1(TestMemory.NOWHERE)),
                Status.DATA_TRANSFER_ERROR);
        assertStatus(
                host.admin(
                        AdminOpcode.IDENTIFY, entry -> Identify.structure(entry, 1).prp1(page + 2)),
                Status.PRP_OFFSET_INVALID);
    }

    private Completion identify(int structure, int namespaceId, int commandSet) {
        host.memory().at(page, 4096).fill((byte) UNTOUCHED);
        return host.admin(
                AdminOpcode.IDENTIFY,
                entry -> {
                    Identify.structure(entry.namespaceId(namespaceId).prp1(page), structure);
                    Identify.commandSet(entry, commandSet);
                });
    }

    // ---- Get Log Page ----------------------------------------------------------------------

    @Test
    void firmwareAndHealthPages_sayTheMandatoryThings() {
        assertSuccess(log(LogPageId.FIRMWARE_SLOT_INFORMATION, 512, 0));
        assertThat(host.memory().bytes(page, 16))
                .isEqualTo("\1\0\0\0\0\0\0\0001.0     ".getBytes(StandardCharsets.US_ASCII));
        assertSuccess(log(LogPageId.SMART_HEALTH_INFORMATION, 512, 0));
        assertThat(host.memory().bytes(page, 1)).as("no warning").containsOnly(0);
        assertThat(host.memory().getInt(page + 1) & 0xFFFF).as("kelvin").isEqualTo(323);
    }

    @Test
    void logPage_lengthAndOffsetChooseTheBytes() {
        assertSuccess(log(LogPageId.FIRMWARE_SLOT_INFORMATION, 4, 8));
        assertThat(host.memory().bytes(page, 4)).isEqualTo("1.0 ".getBytes(StandardCharsets.UTF_8));
        assertThat(host.memory().getInt(page + 4)).isEqualTo(UNTOUCHED);
    }

    @Test
    void logPage_offsetAtTheEndIsEmptyAndBeyondIsRefused() {
        assertSuccess(log(LogPageId.SMART_HEALTH_INFORMATION, 4, 512));
        assertThat(host.memory().getInt(page)).isEqualTo(UNTOUCHED);
        assertStatus(
                log(LogPageId.SMART_HEALTH_INFORMATION, 4, 516), Status.INVALID_FIELD_IN_COMMAND);
        assertStatus(
                log(LogPageId.SMART_HEALTH_INFORMATION, 4, -4), Status.INVALID_FIELD_IN_COMMAND);
        assertStatus(
                log(LogPageId.SMART_HEALTH_INFORMATION, 4, 1L << 40),
                Status.INVALID_FIELD_IN_COMMAND);
    }

    @Test
    void logPage_moreThanItHasIsCutOff() {
        assertSuccess(log(LogPageId.SMART_HEALTH_INFORMATION, 8192, 0));
        assertThat(host.memory().getInt(page + 512)).isEqualTo(UNTOUCHED);
        assertStatus(
                log(LogPageId.SMART_HEALTH_INFORMATION, 1 << 20, 0),
                Status.INVALID_FIELD_IN_COMMAND);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x06, 0x07, 0x0D, 0x14, 0x80, 0xC0})
    void unknownLogPage_isInvalidLogPage(int id) {
        assertStatus(log(id, 4, 0), Status.INVALID_LOG_PAGE);
    }

    private Completion log(int id, long bytes, long offset) {
        return log(id, bytes, offset, false);
    }

    private Completion log(int id, long bytes, long offset, boolean retain) {
        host.memory().at(page, 8192).fill((byte) UNTOUCHED);
        return host.admin(
                AdminOpcode.GET_LOG_PAGE,
                entry -> {
                    GetLogPage.logPageId(entry.prp1(page).prp2(page + TestMemory.PAGE_BYTES), id);
                    GetLogPage.lengthBytes(entry, bytes);
                    GetLogPage.offsetBytes(entry, offset);
                    GetLogPage.retainAsynchronousEvent(entry, retain);
                });
    }

    // ---- asynchronous events ---------------------------------------------------------------

    @Test
    void eventRequests_theFifthIsRefused() {
        for (int request = 0; request < 4; request++) {
            requestEvent();
        }
        assertStatus(
                host.admin(AdminOpcode.ASYNCHRONOUS_EVENT_REQUEST, _ -> {}),
                Status.ASYNCHRONOUS_EVENT_REQUEST_LIMIT_EXCEEDED);
    }

    @Test
    void doorbellOfNoQueue_isReportedAndLogged() {
        requestEvent();
        ring(5, 1);
        Completion event = host.await(host.admin());
        assertSuccess(event);
        assertThat(event.result()).isEqualTo(AsynchronousEvent.INVALID_DOORBELL_REGISTER);
        assertSuccess(log(LogPageId.ERROR_INFORMATION, 64, 0));
        ErrorInformation error = new ErrorInformation().wrap(host.memory().at(page, 64), 0);
        assertThat(error.errorCount()).isEqualTo(1);
        assertThat(error.submissionQueueId()).isEqualTo(0xFFFF);
        assertThat(error.commandId()).isEqualTo(0xFFFF);
        assertThat(error.parameterLocation()).isEqualTo(0xFFFF);
    }

    @Test
    void doorbellValueBeyondTheQueue_isReported() {
        host.createQueuePair(1, 8);
        requestEvent();
        ring(1, 8);
        assertThat(host.await(host.admin()).result())
                .isEqualTo(AsynchronousEvent.INVALID_DOORBELL_VALUE);
    }

    @Test
    void eventWithoutRequest_isHeldUntilOneComes() {
        ring(5, 1);
        ring(5, 2);
        host.fence();
        assertThat(host.admin().poll()).isNull();
        requestEvent();
        assertThat(host.await(host.admin()).result())
                .isEqualTo(AsynchronousEvent.INVALID_DOORBELL_REGISTER);
    }

    @Test
    void reportedType_isMaskedUntilItsLogPageIsReadWithoutRetain() {
        requestEvent();
        requestEvent();
        requestEvent();
        ring(5, 1);
        assertThat(host.await(host.admin()).result())
                .isEqualTo(AsynchronousEvent.INVALID_DOORBELL_REGISTER);
        ring(6, 1);
        assertNoCompletionBut(() -> log(LogPageId.ERROR_INFORMATION, 64, 0, true));
        assertNoCompletionBut(() -> log(LogPageId.SMART_HEALTH_INFORMATION, 64, 0, false));
        assertSuccess(log(LogPageId.ERROR_INFORMATION, 64, 0, false));
        ring(7, 1);
        assertThat(host.await(host.admin()).result())
                .isEqualTo(AsynchronousEvent.INVALID_DOORBELL_REGISTER);
    }

    /** The log page was read first, so there is nothing left to tell. */
    @Test
    void eventWhoseLogPageWasRead_isNotReportedAnyMore() {
        ring(5, 1);
        host.fence();
        assertSuccess(log(LogPageId.ERROR_INFORMATION, 64, 0));
        requestEvent();
        assertNoCompletionBut(() -> log(LogPageId.SMART_HEALTH_INFORMATION, 64, 0));
    }

    @Test
    void reset_forgetsRequestsEventsAndMasksButNotTheErrorCount() {
        requestEvent();
        ring(5, 1);
        host.await(host.admin());
        requestEvent();
        host.disable();
        host.enableAgain();
        assertSuccess(log(LogPageId.ERROR_INFORMATION, 64, 0, true));
        assertThat(host.memory().bytes(page, 64)).as("entries are cleared").containsOnly(0);
        requestEvent();
        ring(5, 1);
        assertThat(host.await(host.admin()).result())
                .isEqualTo(AsynchronousEvent.INVALID_DOORBELL_REGISTER);
        assertSuccess(log(LogPageId.ERROR_INFORMATION, 64, 0));
        assertThat(host.memory().getLong(page)).as("error count").isEqualTo(2);
    }

    /** Runs a command; nothing else may have completed before or with it. */
    private static void assertNoCompletionBut(Runnable command) {
        command.run(); // TestHost checks the command id of what it finds
    }

    private void requestEvent() {
        host.submit(host.admin(), entry -> entry.opcode(AdminOpcode.ASYNCHRONOUS_EVENT_REQUEST));
    }

    private void ring(int queueId, int value) {
        host.write(Doorbells.submissionTailOffset(queueId, 0), 4, value);
    }

    // ---- the rest --------------------------------------------------------------------------

    @Test
    void abort_ofAnUnknownCommand_saysNotAborted() {
        Completion completion = host.admin(AdminOpcode.ABORT, entry -> entry.cdw10(0x0007_0001));
        assertSuccess(completion);
        assertThat(completion.result()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x03, 0x07, 0x0D, 0x10, 0x14, 0x15, 0x7F, 0xC0, 0xFF})
    void unknownOpcode_isInvalidAndFinal(int opcode) {
        Completion completion = host.admin(opcode, _ -> {});
        assertStatus(completion, Status.INVALID_COMMAND_OPCODE);
        assertThat(completion.doNotRetry()).isTrue();
    }

    @Test
    void fusedOrScatterGather_isAnInvalidField() {
        for (int kind = 1; kind < 4; kind++) {
            int value = kind;
            assertRefusedField(entry -> entry.fuse(value));
            assertRefusedField(entry -> entry.dataPointerKind(value));
        }
    }

    private void assertRefusedField(Consumer<SubmissionEntry> change) {
        assertStatus(
                host.admin(
                        AdminOpcode.IDENTIFY,
                        entry -> {
                            Identify.structure(entry, Identify.CONTROLLER).prp1(page);
                            change.accept(entry);
                        }),
                Status.INVALID_FIELD_IN_COMMAND);
    }

    @Test
    void oneRingForManyCommands_completesEach() {
        for (int round = 0; round < 10; round++) {
            for (int command = 0; command < 31; command++) {
                host.admin()
                        .put(
                                entry ->
                                        Identify.structure(
                                                entry.opcode(AdminOpcode.IDENTIFY).prp1(page),
                                                Identify.CONTROLLER));
            }
            host.ring(host.admin());
            for (int command = 0; command < 31; command++) {
                assertSuccess(host.await(host.admin()));
            }
        }
    }
}
