package io.doorbell.spec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Base 2.0 §5 Figure 138, NVM 1.0 §3. */
class OpcodesTest {
    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "0x00 | Delete I/O Submission Queue | NONE",
                "0x01 | Create I/O Submission Queue | HOST_TO_CONTROLLER",
                "0x02 | Get Log Page | CONTROLLER_TO_HOST",
                "0x04 | Delete I/O Completion Queue | NONE",
                "0x05 | Create I/O Completion Queue | HOST_TO_CONTROLLER",
                "0x06 | Identify | CONTROLLER_TO_HOST",
                "0x08 | Abort | NONE",
                "0x09 | Set Features | HOST_TO_CONTROLLER",
                "0x0A | Get Features | CONTROLLER_TO_HOST",
                "0x0C | Asynchronous Event Request | NONE",
                "0x0D | Namespace Management | HOST_TO_CONTROLLER",
                "0x15 | Namespace Attachment | HOST_TO_CONTROLLER",
                "0x18 | Keep Alive | NONE",
                "0x7C | Doorbell Buffer Config | NONE",
                "0x80 | Format NVM | NONE",
                "0xC1 | Admin opcode C1h | HOST_TO_CONTROLLER",
            })
    void adminOpcode_hasNameAndDirection(String opcode, String name, DataDirection direction) {
        assertThat(AdminOpcode.name(Integer.decode(opcode))).isEqualTo(name);
        assertThat(AdminOpcode.dataDirection(Integer.decode(opcode))).isEqualTo(direction);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "0x00 | Flush | NONE",
                "0x01 | Write | HOST_TO_CONTROLLER",
                "0x02 | Read | CONTROLLER_TO_HOST",
                "0x04 | Write Uncorrectable | NONE",
                "0x05 | Compare | HOST_TO_CONTROLLER",
                "0x08 | Write Zeroes | NONE",
                "0x09 | Dataset Management | HOST_TO_CONTROLLER",
                "0x0C | Verify | NONE",
                "0x0E | Reservation Report | CONTROLLER_TO_HOST",
                "0x19 | Copy | HOST_TO_CONTROLLER",
                "0x83 | NVM opcode 83h | BIDIRECTIONAL",
            })
    void nvmOpcode_hasNameAndDirection(String opcode, String name, DataDirection direction) {
        assertThat(NvmOpcode.name(Integer.decode(opcode))).isEqualTo(name);
        assertThat(NvmOpcode.dataDirection(Integer.decode(opcode))).isEqualTo(direction);
    }
}
