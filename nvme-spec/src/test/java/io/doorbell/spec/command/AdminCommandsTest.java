package io.doorbell.spec.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.doorbell.spec.CommandLayout;
import io.doorbell.spec.SubmissionEntry;

import org.junit.jupiter.api.Test;

/** Base 2.0 §5. */
class AdminCommandsTest {
    @Test
    void createCompletionQueue_hasItsFieldsInPlace() {
        new CommandLayout()
                .qword(6, CreateCompletionQueue::base, CreateCompletionQueue::base)
                .field(10, 15, 0, CreateCompletionQueue::queueId, CreateCompletionQueue::queueId)
                .field(
                        10,
                        31,
                        16,
                        CreateCompletionQueue::queueSizeZeroBased,
                        CreateCompletionQueue::queueSizeZeroBased)
                .flag(
                        11,
                        0,
                        CreateCompletionQueue::physicallyContiguous,
                        CreateCompletionQueue::physicallyContiguous)
                .flag(
                        11,
                        1,
                        CreateCompletionQueue::interruptsEnabled,
                        CreateCompletionQueue::interruptsEnabled)
                .field(
                        11,
                        31,
                        16,
                        CreateCompletionQueue::interruptVector,
                        CreateCompletionQueue::interruptVector);
    }

    @Test
    void createSubmissionQueue_hasItsFieldsInPlace() {
        new CommandLayout()
                .qword(6, CreateSubmissionQueue::base, CreateSubmissionQueue::base)
                .field(10, 15, 0, CreateSubmissionQueue::queueId, CreateSubmissionQueue::queueId)
                .field(
                        10,
                        31,
                        16,
                        CreateSubmissionQueue::queueSizeZeroBased,
                        CreateSubmissionQueue::queueSizeZeroBased)
                .flag(
                        11,
                        0,
                        CreateSubmissionQueue::physicallyContiguous,
                        CreateSubmissionQueue::physicallyContiguous)
                .field(11, 2, 1, CreateSubmissionQueue::priority, CreateSubmissionQueue::priority)
                .field(
                        11,
                        31,
                        16,
                        CreateSubmissionQueue::completionQueueId,
                        CreateSubmissionQueue::completionQueueId)
                .field(12, 15, 0, CreateSubmissionQueue::nvmSetId, CreateSubmissionQueue::nvmSetId);
    }

    @Test
    void deleteQueue_hasItsFieldsInPlace() {
        new CommandLayout().field(10, 15, 0, DeleteQueue::queueId, DeleteQueue::queueId);
    }

    @Test
    void abort_hasItsFieldsInPlace() {
        new CommandLayout()
                .field(10, 15, 0, Abort::queueId, Abort::queueId)
                .field(10, 31, 16, Abort::commandId, Abort::commandId);
    }

    @Test
    void identify_hasItsFieldsInPlace() {
        new CommandLayout()
                .field(10, 7, 0, Identify::structure, Identify::structure)
                .field(10, 31, 16, Identify::controllerId, Identify::controllerId)
                .field(11, 15, 0, Identify::specificId, Identify::specificId)
                .field(11, 31, 24, Identify::commandSet, Identify::commandSet)
                .field(14, 6, 0, Identify::uuidIndex, Identify::uuidIndex);
    }

    @Test
    void setFeatures_hasItsFieldsInPlace() {
        new CommandLayout()
                .field(10, 7, 0, SetFeatures::featureId, SetFeatures::featureId)
                .flag(10, 31, SetFeatures::save, SetFeatures::save)
                .field(11, 31, 0, SetFeatures::value, SetFeatures::value)
                .field(14, 6, 0, SetFeatures::uuidIndex, SetFeatures::uuidIndex);
    }

    @Test
    void getFeatures_hasItsFieldsInPlace() {
        new CommandLayout()
                .field(10, 7, 0, GetFeatures::featureId, GetFeatures::featureId)
                .field(10, 10, 8, GetFeatures::select, GetFeatures::select)
                .field(11, 31, 0, GetFeatures::selector, GetFeatures::selector)
                .field(14, 6, 0, GetFeatures::uuidIndex, GetFeatures::uuidIndex);
    }

    @Test
    void getLogPage_hasItsFieldsInPlace() {
        new CommandLayout()
                .field(10, 7, 0, GetLogPage::logPageId, GetLogPage::logPageId)
                .field(10, 14, 8, GetLogPage::specificField, GetLogPage::specificField)
                .flag(
                        10,
                        15,
                        GetLogPage::retainAsynchronousEvent,
                        GetLogPage::retainAsynchronousEvent)
                .field(
                        10,
                        31,
                        16,
                        GetLogPage::dwordCountLowZeroBased,
                        GetLogPage::dwordCountLowZeroBased)
                .field(11, 15, 0, GetLogPage::dwordCountHigh, GetLogPage::dwordCountHigh)
                .field(11, 31, 16, GetLogPage::specificId, GetLogPage::specificId)
                .qword(12, GetLogPage::offsetBytes, GetLogPage::offsetBytes)
                .field(14, 6, 0, GetLogPage::uuidIndex, GetLogPage::uuidIndex)
                .flag(14, 23, GetLogPage::offsetIsIndex, GetLogPage::offsetIsIndex)
                .field(14, 31, 24, GetLogPage::commandSet, GetLogPage::commandSet);
    }

    @Test
    void doorbellBufferConfig_hasItsFieldsInPlace() {
        new CommandLayout()
                .qword(
                        6,
                        DoorbellBufferConfig::shadowDoorbells,
                        DoorbellBufferConfig::shadowDoorbells)
                .qword(8, DoorbellBufferConfig::eventIndexes, DoorbellBufferConfig::eventIndexes);
    }

    @Test
    void formatNvm_hasItsFieldsInPlace() {
        new CommandLayout()
                .field(10, 3, 0, FormatNvm::formatIndexLow, FormatNvm::formatIndexLow)
                .flag(10, 4, FormatNvm::metadataInline, FormatNvm::metadataInline)
                .field(10, 7, 5, FormatNvm::protectionType, FormatNvm::protectionType)
                .flag(10, 8, FormatNvm::protectionFirst, FormatNvm::protectionFirst)
                .field(10, 11, 9, FormatNvm::secureErase, FormatNvm::secureErase)
                .field(10, 13, 12, FormatNvm::formatIndexHigh, FormatNvm::formatIndexHigh);
    }

    @Test
    void namespaceManagement_hasItsFieldsInPlace() {
        new CommandLayout()
                .field(10, 3, 0, NamespaceManagement::select, NamespaceManagement::select)
                .field(
                        11,
                        31,
                        24,
                        NamespaceManagement::commandSet,
                        NamespaceManagement::commandSet);
    }

    @Test
    void namespaceAttachment_hasItsFieldsInPlace() {
        new CommandLayout()
                .field(10, 3, 0, NamespaceAttachment::select, NamespaceAttachment::select);
    }

    @Test
    void createQueueOfLinux_hasTheseDwords() {
        SubmissionEntry entry = new CommandLayout().entry();
        CreateCompletionQueue.queueId(entry, 3);
        CreateCompletionQueue.entryCount(entry, 1024);
        CreateCompletionQueue.physicallyContiguous(entry, true);
        CreateCompletionQueue.interruptsEnabled(entry, true);
        CreateCompletionQueue.interruptVector(entry, 3);
        assertThat(entry.cdw10()).isEqualTo(0x03FF_0003);
        assertThat(entry.cdw11()).isEqualTo(0x0003_0003);
        assertThat(CreateSubmissionQueue.entryCount(entry)).isEqualTo(1024);
        CreateSubmissionQueue.entryCount(entry, 65_536);
        assertThat(entry.cdw10()).isEqualTo(0xFFFF_0003);
    }

    @Test
    void logPageLength_isADwordCountInTwoHalves() {
        SubmissionEntry entry = new CommandLayout().entry();
        GetLogPage.lengthBytes(entry, 4096);
        assertThat(entry.cdw10()).isEqualTo(0x03FF_0000);
        assertThat(entry.cdw11()).isZero();
        assertThat(GetLogPage.lengthBytes(entry)).isEqualTo(4096);
        GetLogPage.lengthBytes(entry, 1L << 34);
        assertThat(entry.cdw10()).isEqualTo(0xFFFF_0000);
        assertThat(entry.cdw11()).isEqualTo(0xFFFF);
        assertThat(GetLogPage.lengthBytes(entry)).isEqualTo(1L << 34);
    }

    @Test
    void logPageLengthThatIsNoDwordCount_isRefused() {
        SubmissionEntry entry = new CommandLayout().entry();
        for (long length : new long[] {0, -4, 6, (1L << 34) + 4}) {
            assertThatThrownBy(() -> GetLogPage.lengthBytes(entry, length))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("use a multiple of 4, from 4 to 2^34");
        }
    }

    @Test
    void formatIndex_isSplit() {
        SubmissionEntry entry = new CommandLayout().entry();
        FormatNvm.formatIndex(entry, 0x2D);
        assertThat(entry.cdw10()).isEqualTo(0x200D);
        assertThat(FormatNvm.formatIndex(entry)).isEqualTo(0x2D);
    }

    @Test
    void shadowBuffers_holdQueues0To511InA4KibPage() {
        assertThat(DoorbellBufferConfig.fits(511, 0, 4096)).isTrue();
        assertThat(DoorbellBufferConfig.fits(512, 0, 4096)).isFalse();
        assertThat(DoorbellBufferConfig.fits(255, 1, 4096)).isTrue();
        assertThat(DoorbellBufferConfig.fits(256, 1, 4096)).isFalse();
        assertThat(DoorbellBufferConfig.slotOffsetBytes(3, 0)).isEqualTo(12);
        assertThat(DoorbellBufferConfig.slotOffsetBytes(3, 4)).isEqualTo(192);
    }
}
