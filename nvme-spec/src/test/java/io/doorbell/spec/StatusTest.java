package io.doorbell.spec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Base 2.0 §3.3.3.2.1, NVM 1.0 §3.1. */
class StatusTest {
    private static final Set<String> NOT_A_CODE = Set.of("DO_NOT_RETRY", "MORE");

    @Test
    void fieldsAreInTheBitsThatLinuxUses() {
        assertThat(Status.DO_NOT_RETRY).isEqualTo(0x4000);
        assertThat(Status.MORE).isEqualTo(0x2000);
        assertThat(Status.withCommandRetryDelay(0, 3)).isEqualTo(0x1800);
        assertThat(Status.commandRetryDelay(0x1800)).isEqualTo(3);
        assertThat(Status.codeType(0x0700)).isEqualTo(7);
        assertThat(Status.code(0x00FF)).isEqualTo(0xFF);
        assertThat(Status.codeTypeAndCode(0x7FFF)).isEqualTo(0x7FF);
    }

    @Test
    void success_isWhateverTheOtherBits() {
        assertThat(Status.isSuccess(Status.SUCCESS)).isTrue();
        assertThat(Status.isSuccess(Status.MORE)).isTrue();
        assertThat(Status.isSuccess(Status.LBA_OUT_OF_RANGE)).isFalse();
        assertThat(Status.isSuccess(Status.COMPLETION_QUEUE_INVALID)).isFalse();
    }

    @Test
    void doNotRetry_addsOneBit() {
        int status = Status.doNotRetry(Status.INVALID_FIELD_IN_COMMAND);
        assertThat(status).isEqualTo(0x4002);
        assertThat(Status.isDoNotRetry(status)).isTrue();
        assertThat(Status.isDoNotRetry(Status.INVALID_FIELD_IN_COMMAND)).isFalse();
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "0x0000 | Successful Completion (0/00h)",
                "0x4080 | LBA Out of Range (0/80h), do not retry",
                "0x6101 | Invalid Queue Identifier (1/01h), more in the error log, do not retry",
                "0x0281 | Unrecovered Read Error (2/81h)",
                "0x0371 | Command Aborted By Host (3/71h)",
                "0x0017 | Reserved (0/17h)",
                "0x01C5 | Vendor Specific (1/C5h)",
                "0x0703 | Vendor Specific (7/03h)",
            })
    void describe_saysNameAndNumbers(String status, String text) {
        assertThat(Status.describe(Integer.decode(status))).isEqualTo(text);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "SUCCESS, 0x000",
        "INVALID_COMMAND_OPCODE, 0x001",
        "INVALID_FIELD_IN_COMMAND, 0x002",
        "COMMAND_ID_CONFLICT, 0x003",
        "DATA_TRANSFER_ERROR, 0x004",
        "COMMANDS_ABORTED_DUE_TO_POWER_LOSS_NOTIFICATION, 0x005",
        "INTERNAL_ERROR, 0x006",
        "COMMAND_ABORT_REQUESTED, 0x007",
        "COMMAND_ABORTED_DUE_TO_SQ_DELETION, 0x008",
        "COMMAND_ABORTED_DUE_TO_FAILED_FUSED_COMMAND, 0x009",
        "COMMAND_ABORTED_DUE_TO_MISSING_FUSED_COMMAND, 0x00A",
        "INVALID_NAMESPACE_OR_FORMAT, 0x00B",
        "COMMAND_SEQUENCE_ERROR, 0x00C",
        "INVALID_SGL_SEGMENT_DESCRIPTOR, 0x00D",
        "INVALID_NUMBER_OF_SGL_DESCRIPTORS, 0x00E",
        "DATA_SGL_LENGTH_INVALID, 0x00F",
        "METADATA_SGL_LENGTH_INVALID, 0x010",
        "SGL_DESCRIPTOR_TYPE_INVALID, 0x011",
        "INVALID_USE_OF_CONTROLLER_MEMORY_BUFFER, 0x012",
        "PRP_OFFSET_INVALID, 0x013",
        "ATOMIC_WRITE_UNIT_EXCEEDED, 0x014",
        "OPERATION_DENIED, 0x015",
        "SGL_OFFSET_INVALID, 0x016",
        "HOST_IDENTIFIER_INCONSISTENT_FORMAT, 0x018",
        "KEEP_ALIVE_TIMER_EXPIRED, 0x019",
        "KEEP_ALIVE_TIMEOUT_INVALID, 0x01A",
        "COMMAND_ABORTED_DUE_TO_PREEMPT_AND_ABORT, 0x01B",
        "SANITIZE_FAILED, 0x01C",
        "SANITIZE_IN_PROGRESS, 0x01D",
        "SGL_DATA_BLOCK_GRANULARITY_INVALID, 0x01E",
        "COMMAND_NOT_SUPPORTED_FOR_QUEUE_IN_CMB, 0x01F",
        "NAMESPACE_IS_WRITE_PROTECTED, 0x020",
        "COMMAND_INTERRUPTED, 0x021",
        "TRANSIENT_TRANSPORT_ERROR, 0x022",
        "COMMAND_PROHIBITED_BY_COMMAND_AND_FEATURE_LOCKDOWN, 0x023",
        "ADMIN_COMMAND_MEDIA_NOT_READY, 0x024",
        "LBA_OUT_OF_RANGE, 0x080",
        "CAPACITY_EXCEEDED, 0x081",
        "NAMESPACE_NOT_READY, 0x082",
        "RESERVATION_CONFLICT, 0x083",
        "FORMAT_IN_PROGRESS, 0x084",
        "COMPLETION_QUEUE_INVALID, 0x100",
        "INVALID_QUEUE_IDENTIFIER, 0x101",
        "INVALID_QUEUE_SIZE, 0x102",
        "ABORT_COMMAND_LIMIT_EXCEEDED, 0x103",
        "ASYNCHRONOUS_EVENT_REQUEST_LIMIT_EXCEEDED, 0x105",
        "INVALID_FIRMWARE_SLOT, 0x106",
        "INVALID_FIRMWARE_IMAGE, 0x107",
        "INVALID_INTERRUPT_VECTOR, 0x108",
        "INVALID_LOG_PAGE, 0x109",
        "INVALID_FORMAT, 0x10A",
        "FIRMWARE_ACTIVATION_REQUIRES_CONVENTIONAL_RESET, 0x10B",
        "INVALID_QUEUE_DELETION, 0x10C",
        "FEATURE_IDENTIFIER_NOT_SAVEABLE, 0x10D",
        "FEATURE_NOT_CHANGEABLE, 0x10E",
        "FEATURE_NOT_NAMESPACE_SPECIFIC, 0x10F",
        "FIRMWARE_ACTIVATION_REQUIRES_NVM_SUBSYSTEM_RESET, 0x110",
        "FIRMWARE_ACTIVATION_REQUIRES_CONTROLLER_LEVEL_RESET, 0x111",
        "FIRMWARE_ACTIVATION_REQUIRES_MAXIMUM_TIME_VIOLATION, 0x112",
        "FIRMWARE_ACTIVATION_PROHIBITED, 0x113",
        "OVERLAPPING_RANGE, 0x114",
        "NAMESPACE_INSUFFICIENT_CAPACITY, 0x115",
        "NAMESPACE_IDENTIFIER_UNAVAILABLE, 0x116",
        "NAMESPACE_ALREADY_ATTACHED, 0x118",
        "NAMESPACE_IS_PRIVATE, 0x119",
        "NAMESPACE_NOT_ATTACHED, 0x11A",
        "THIN_PROVISIONING_NOT_SUPPORTED, 0x11B",
        "CONTROLLER_LIST_INVALID, 0x11C",
        "DEVICE_SELF_TEST_IN_PROGRESS, 0x11D",
        "BOOT_PARTITION_WRITE_PROHIBITED, 0x11E",
        "INVALID_CONTROLLER_IDENTIFIER, 0x11F",
        "INVALID_SECONDARY_CONTROLLER_STATE, 0x120",
        "INVALID_NUMBER_OF_CONTROLLER_RESOURCES, 0x121",
        "INVALID_RESOURCE_IDENTIFIER, 0x122",
        "SANITIZE_PROHIBITED_WHILE_PMR_IS_ENABLED, 0x123",
        "ANA_GROUP_IDENTIFIER_INVALID, 0x124",
        "ANA_ATTACH_FAILED, 0x125",
        "INSUFFICIENT_CAPACITY, 0x126",
        "NAMESPACE_ATTACHMENT_LIMIT_EXCEEDED, 0x127",
        "PROHIBITION_OF_COMMAND_EXECUTION_NOT_SUPPORTED, 0x128",
        "IO_COMMAND_SET_NOT_SUPPORTED, 0x129",
        "IO_COMMAND_SET_NOT_ENABLED, 0x12A",
        "IO_COMMAND_SET_COMBINATION_REJECTED, 0x12B",
        "INVALID_IO_COMMAND_SET, 0x12C",
        "IDENTIFIER_UNAVAILABLE, 0x12D",
        "CONFLICTING_ATTRIBUTES, 0x180",
        "INVALID_PROTECTION_INFORMATION, 0x181",
        "ATTEMPTED_WRITE_TO_READ_ONLY_RANGE, 0x182",
        "COMMAND_SIZE_LIMIT_EXCEEDED, 0x183",
        "ZONE_BOUNDARY_ERROR, 0x1B8",
        "ZONE_IS_FULL, 0x1B9",
        "ZONE_IS_READ_ONLY, 0x1BA",
        "ZONE_IS_OFFLINE, 0x1BB",
        "ZONE_INVALID_WRITE, 0x1BC",
        "TOO_MANY_ACTIVE_ZONES, 0x1BD",
        "TOO_MANY_OPEN_ZONES, 0x1BE",
        "INVALID_ZONE_STATE_TRANSITION, 0x1BF",
        "WRITE_FAULT, 0x280",
        "UNRECOVERED_READ_ERROR, 0x281",
        "END_TO_END_GUARD_CHECK_ERROR, 0x282",
        "END_TO_END_APPLICATION_TAG_CHECK_ERROR, 0x283",
        "END_TO_END_REFERENCE_TAG_CHECK_ERROR, 0x284",
        "COMPARE_FAILURE, 0x285",
        "ACCESS_DENIED, 0x286",
        "DEALLOCATED_OR_UNWRITTEN_LOGICAL_BLOCK, 0x287",
        "END_TO_END_STORAGE_TAG_CHECK_ERROR, 0x288",
        "INTERNAL_PATH_ERROR, 0x300",
        "ASYMMETRIC_ACCESS_PERSISTENT_LOSS, 0x301",
        "ASYMMETRIC_ACCESS_INACCESSIBLE, 0x302",
        "ASYMMETRIC_ACCESS_TRANSITION, 0x303",
        "CONTROLLER_PATHING_ERROR, 0x360",
        "HOST_PATHING_ERROR, 0x370",
        "COMMAND_ABORTED_BY_HOST, 0x371",
    })
    void code_hasTheValueOfTheClause(String name, String value)
            throws ReflectiveOperationException {
        assertThat(Status.class.getField(name).getInt(null)).isEqualTo(Integer.decode(value));
    }

    @Test
    void everyCode_hasItsOwnNameAndValue() throws IllegalAccessException {
        List<Field> codes =
                Arrays.stream(Status.class.getFields())
                        .filter(field -> !NOT_A_CODE.contains(field.getName()))
                        .filter(field -> !field.getName().startsWith("TYPE_"))
                        .toList();
        assertThat(codes).hasSize(113).extracting(f -> f.getInt(null)).doesNotHaveDuplicates();
        assertThat(codes)
                .extracting(f -> StatusNames.name(f.getInt(null)))
                .doesNotHaveDuplicates()
                .doesNotContain("Reserved", "Vendor Specific");
    }
}
