package io.doorbell.spec.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Base 2.0 §5.2, Figures 142 to 148. */
class AsynchronousEventTest {
    @ParameterizedTest(name = "{4}")
    @CsvSource({
        "0, 0x00, 0x01, 0x00010000, INVALID_DOORBELL_REGISTER",
        "0, 0x01, 0x01, 0x00010100, INVALID_DOORBELL_VALUE",
        "0, 0x02, 0x01, 0x00010200, DIAGNOSTIC_FAILURE",
        "0, 0x03, 0x01, 0x00010300, PERSISTENT_INTERNAL_ERROR",
        "0, 0x04, 0x01, 0x00010400, TRANSIENT_INTERNAL_ERROR",
        "0, 0x05, 0x01, 0x00010500, FIRMWARE_IMAGE_LOAD_ERROR",
        "1, 0x00, 0x02, 0x00020001, RELIABILITY",
        "1, 0x01, 0x02, 0x00020101, TEMPERATURE_THRESHOLD",
        "1, 0x02, 0x02, 0x00020201, SPARE_BELOW_THRESHOLD",
        "2, 0x00, 0x04, 0x00040002, NAMESPACE_ATTRIBUTE_CHANGED",
        "2, 0x01, 0x03, 0x00030102, FIRMWARE_ACTIVATION_STARTING",
        "2, 0x02, 0x08, 0x00080202, TELEMETRY_LOG_CHANGED",
        "2, 0x03, 0x0C, 0x000C0302, ANA_CHANGE",
        "2, 0x04, 0x0B, 0x000B0402, PREDICTABLE_LATENCY_AGGREGATE",
        "2, 0x05, 0x0E, 0x000E0502, LBA_STATUS",
        "2, 0x06, 0x0F, 0x000F0602, ENDURANCE_GROUP_AGGREGATE",
        "2, 0xEF, 0xBF, 0x00BFEF02, ZONE_DESCRIPTOR_CHANGED",
        "2, 0xF0, 0x70, 0x0070F002, DISCOVERY_LOG_CHANGED",
        "3, 0x00, 0x00, 0x00000003, SUBSYSTEM_SHUTDOWN",
        "6, 0x00, 0x80, 0x00800006, RESERVATION_LOG_AVAILABLE",
        "6, 0x01, 0x81, 0x00810106, SANITIZE_COMPLETED",
        "6, 0x02, 0x81, 0x00810206, SANITIZE_COMPLETED_DEALLOCATED",
    })
    void event_hasTheDwordOfTheClause(
            int type, String information, String logPage, String dword, String name)
            throws ReflectiveOperationException {
        int event = AsynchronousEvent.class.getField(name).getInt(null);
        assertThat(event).isEqualTo(Integer.decode(dword));
        assertThat(AsynchronousEvent.type(event)).isEqualTo(type);
        assertThat(AsynchronousEvent.information(event)).isEqualTo(Integer.decode(information));
        assertThat(AsynchronousEvent.logPageId(event)).isEqualTo(Integer.decode(logPage));
        assertThat(AsynchronousEvent.of(type, Integer.decode(information), Integer.decode(logPage)))
                .isEqualTo(event);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0x00010100 | error, information 01h, log page 01h (Error Information)",
                "0x00BFEF02 | notice, information EFh, log page BFh (Changed Zone List)",
                "0x00000003 | immediate, information 00h",
                "0x00000004 | type 4, information 00h",
            })
    void description_isInWords(String event, String words) {
        assertThat(AsynchronousEvent.describe(Integer.decode(event))).isEqualTo(words);
    }
}
