package io.doorbell.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Base 2.0 §3.3.3.1, Figures 86 and 87. */
class SubmissionEntryTest {
    @Test
    void everyFieldIsWhereTheClausePutsIt() {
        WindowLayout.of(64, new SubmissionEntry()::wrap)
                .field("CDW0", 3, 0, SubmissionEntry::cdw0, SubmissionEntry::cdw0)
                .field("CID", 3, 2, SubmissionEntry::commandId, SubmissionEntry::commandId)
                .field("NSID", 7, 4, SubmissionEntry::namespaceId, SubmissionEntry::namespaceId)
                .field("CDW2", 11, 8, SubmissionEntry::cdw2, SubmissionEntry::cdw2)
                .field("CDW3", 15, 12, SubmissionEntry::cdw3, SubmissionEntry::cdw3)
                .qword(
                        "MPTR",
                        16,
                        SubmissionEntry::metadataPointer,
                        SubmissionEntry::metadataPointer)
                .qword("PRP1", 24, SubmissionEntry::prp1, SubmissionEntry::prp1)
                .qword("PRP2", 32, SubmissionEntry::prp2, SubmissionEntry::prp2)
                .field("CDW10", 43, 40, SubmissionEntry::cdw10, SubmissionEntry::cdw10)
                .field("CDW11", 47, 44, SubmissionEntry::cdw11, SubmissionEntry::cdw11)
                .field("CDW12", 51, 48, SubmissionEntry::cdw12, SubmissionEntry::cdw12)
                .field("CDW13", 55, 52, SubmissionEntry::cdw13, SubmissionEntry::cdw13)
                .field("CDW14", 59, 56, SubmissionEntry::cdw14, SubmissionEntry::cdw14)
                .field("CDW15", 63, 60, SubmissionEntry::cdw15, SubmissionEntry::cdw15)
                .hasNoOtherField(SubmissionEntry.class);
    }

    @Test
    void everyFieldOfCdw0IsInItsBits() {
        new CommandLayout()
                .field(0, 7, 0, SubmissionEntry::opcode, SubmissionEntry::opcode)
                .field(0, 9, 8, SubmissionEntry::fuse, SubmissionEntry::fuse)
                .field(
                        0,
                        15,
                        14,
                        SubmissionEntry::dataPointerKind,
                        SubmissionEntry::dataPointerKind)
                .field(0, 31, 16, SubmissionEntry::commandId, SubmissionEntry::commandId);
    }

    @Test
    void commandIdWithTopBitSet_isNotNegative() {
        assertThat(new CommandLayout().entry().commandId(0xFFFE).commandId()).isEqualTo(0xFFFE);
    }

    @Test
    void clear_zeroesItsOwnBytesOnly() {
        byte[] bytes = new byte[192];
        Arrays.fill(bytes, (byte) 0x5A);
        new SubmissionEntry().wrap(MemorySegment.ofArray(bytes), 64).clear();
        for (int i = 0; i < bytes.length; i++) {
            assertThat(bytes[i]).as("byte %d", i).isEqualTo((byte) (i / 64 == 1 ? 0 : 0x5A));
        }
    }

    @Test
    void valueTooWideForItsField_isRefused() {
        SubmissionEntry entry = new CommandLayout().entry();
        assertThatThrownBy(() -> entry.opcode(0x100))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("256 does not fit bits 7:0, which hold 0 to 255.");
        assertThat(entry.cdw0()).isZero();
    }

    @Test
    void windowThatWasNeverWrapped_refusesAccess() {
        assertThatThrownBy(() -> new SubmissionEntry().opcode())
                .isInstanceOf(IndexOutOfBoundsException.class);
    }
}
