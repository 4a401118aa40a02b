package io.doorbell.spec.identify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.doorbell.spec.WindowLayout;

import org.junit.jupiter.api.Test;

import java.lang.foreign.MemorySegment;

/** Base 2.0 §5.17.2, §4.4: lists, descriptors and the smaller Identify pages. */
class IdentifyListsTest {
    @Test
    void powerStateDescriptor_hasEveryFieldWhereTheClausePutsIt() {
        WindowLayout.of(32, new PowerStateDescriptor()::wrap)
                .field(
                        "maximumPower",
                        1,
                        0,
                        PowerStateDescriptor::maximumPower,
                        PowerStateDescriptor::maximumPower)
                .field("flags", 3, 3, PowerStateDescriptor::flags, PowerStateDescriptor::flags)
                .field(
                        "entryLatencyMicros",
                        7,
                        4,
                        PowerStateDescriptor::entryLatencyMicros,
                        PowerStateDescriptor::entryLatencyMicros)
                .field(
                        "exitLatencyMicros",
                        11,
                        8,
                        PowerStateDescriptor::exitLatencyMicros,
                        PowerStateDescriptor::exitLatencyMicros)
                .field(
                        "relativeReadThroughput",
                        12,
                        12,
                        PowerStateDescriptor::relativeReadThroughput,
                        PowerStateDescriptor::relativeReadThroughput)
                .field(
                        "relativeReadLatency",
                        13,
                        13,
                        PowerStateDescriptor::relativeReadLatency,
                        PowerStateDescriptor::relativeReadLatency)
                .field(
                        "relativeWriteThroughput",
                        14,
                        14,
                        PowerStateDescriptor::relativeWriteThroughput,
                        PowerStateDescriptor::relativeWriteThroughput)
                .field(
                        "relativeWriteLatency",
                        15,
                        15,
                        PowerStateDescriptor::relativeWriteLatency,
                        PowerStateDescriptor::relativeWriteLatency)
                .field(
                        "idlePower",
                        17,
                        16,
                        PowerStateDescriptor::idlePower,
                        PowerStateDescriptor::idlePower)
                .field(
                        "idlePowerScale",
                        18,
                        18,
                        PowerStateDescriptor::idlePowerScale,
                        PowerStateDescriptor::idlePowerScale)
                .field(
                        "activePower",
                        21,
                        20,
                        PowerStateDescriptor::activePower,
                        PowerStateDescriptor::activePower)
                .field(
                        "activePowerScale",
                        22,
                        22,
                        PowerStateDescriptor::activePowerScale,
                        PowerStateDescriptor::activePowerScale)
                .hasNoOtherField(PowerStateDescriptor.class);
        assertThat(PowerStateDescriptor.SIZE_BYTES).isEqualTo(32);
    }

    @Test
    void nvmIdentifyNamespace_hasEveryFieldWhereTheClausePutsIt() {
        WindowLayout.of(4096, new NvmIdentifyNamespace()::wrap)
                .qword(
                        "storageTagMask",
                        0,
                        NvmIdentifyNamespace::storageTagMask,
                        NvmIdentifyNamespace::storageTagMask)
                .field(
                        "protectionCapabilities",
                        8,
                        8,
                        NvmIdentifyNamespace::protectionCapabilities,
                        NvmIdentifyNamespace::protectionCapabilities)
                .field(
                        "extendedLbaFormat 0",
                        15,
                        12,
                        v -> v.extendedLbaFormat(0),
                        (v, x) -> v.extendedLbaFormat(0, x))
                .field(
                        "extendedLbaFormat 63",
                        267,
                        264,
                        v -> v.extendedLbaFormat(63),
                        (v, x) -> v.extendedLbaFormat(63, x))
                .hasNoOtherField(NvmIdentifyNamespace.class);
        assertThat(NvmIdentifyNamespace.SIZE_BYTES).isEqualTo(4096);
    }

    @Test
    void nvmIdentifyController_hasEveryFieldWhereTheClausePutsIt() {
        WindowLayout.of(4096, new NvmIdentifyController()::wrap)
                .field(
                        "verifySizeLimit",
                        0,
                        0,
                        NvmIdentifyController::verifySizeLimit,
                        NvmIdentifyController::verifySizeLimit)
                .field(
                        "writeZeroesSizeLimit",
                        1,
                        1,
                        NvmIdentifyController::writeZeroesSizeLimit,
                        NvmIdentifyController::writeZeroesSizeLimit)
                .field(
                        "writeUncorrectableSizeLimit",
                        2,
                        2,
                        NvmIdentifyController::writeUncorrectableSizeLimit,
                        NvmIdentifyController::writeUncorrectableSizeLimit)
                .field(
                        "datasetRangesLimit",
                        3,
                        3,
                        NvmIdentifyController::datasetRangesLimit,
                        NvmIdentifyController::datasetRangesLimit)
                .field(
                        "datasetRangeSizeLimit",
                        7,
                        4,
                        NvmIdentifyController::datasetRangeSizeLimit,
                        NvmIdentifyController::datasetRangeSizeLimit)
                .qword(
                        "datasetSizeLimit",
                        8,
                        NvmIdentifyController::datasetSizeLimit,
                        NvmIdentifyController::datasetSizeLimit)
                .hasNoOtherField(NvmIdentifyController.class);
        assertThat(NvmIdentifyController.SIZE_BYTES).isEqualTo(4096);
    }

    @Test
    void independentIdentifyNamespace_hasEveryFieldWhereTheClausePutsIt() {
        WindowLayout.of(4096, new IndependentIdentifyNamespace()::wrap)
                .field(
                        "features",
                        0,
                        0,
                        IndependentIdentifyNamespace::features,
                        IndependentIdentifyNamespace::features)
                .field(
                        "multiPathCapabilities",
                        1,
                        1,
                        IndependentIdentifyNamespace::multiPathCapabilities,
                        IndependentIdentifyNamespace::multiPathCapabilities)
                .field(
                        "reservationCapabilities",
                        2,
                        2,
                        IndependentIdentifyNamespace::reservationCapabilities,
                        IndependentIdentifyNamespace::reservationCapabilities)
                .field(
                        "formatProgress",
                        3,
                        3,
                        IndependentIdentifyNamespace::formatProgress,
                        IndependentIdentifyNamespace::formatProgress)
                .field(
                        "anaGroupId",
                        7,
                        4,
                        IndependentIdentifyNamespace::anaGroupId,
                        IndependentIdentifyNamespace::anaGroupId)
                .field(
                        "attributes",
                        8,
                        8,
                        IndependentIdentifyNamespace::attributes,
                        IndependentIdentifyNamespace::attributes)
                .field(
                        "nvmSetId",
                        11,
                        10,
                        IndependentIdentifyNamespace::nvmSetId,
                        IndependentIdentifyNamespace::nvmSetId)
                .field(
                        "enduranceGroupId",
                        13,
                        12,
                        IndependentIdentifyNamespace::enduranceGroupId,
                        IndependentIdentifyNamespace::enduranceGroupId)
                .field(
                        "status",
                        14,
                        14,
                        IndependentIdentifyNamespace::status,
                        IndependentIdentifyNamespace::status)
                .hasNoOtherField(IndependentIdentifyNamespace.class);
        assertThat(IndependentIdentifyNamespace.SIZE_BYTES).isEqualTo(4096);
    }

    @Test
    void namespaceList_hasEveryFieldWhereTheClausePutsIt() {
        WindowLayout.of(4096, new NamespaceList()::wrap)
                .field("namespaceId 0", 3, 0, v -> v.namespaceId(0), (v, x) -> v.namespaceId(0, x))
                .field(
                        "namespaceId 1023",
                        4095,
                        4092,
                        v -> v.namespaceId(1023),
                        (v, x) -> v.namespaceId(1023, x))
                .hasNoOtherField(NamespaceList.class);
        assertThat(NamespaceList.SIZE_BYTES).isEqualTo(4096);
    }

    @Test
    void controllerList_hasEveryFieldWhereTheClausePutsIt() {
        WindowLayout.of(4096, new ControllerList()::wrap)
                .field("count", 1, 0, ControllerList::count, ControllerList::count)
                .field(
                        "controllerId 0",
                        3,
                        2,
                        v -> v.controllerId(0),
                        (v, x) -> v.controllerId(0, x))
                .field(
                        "controllerId 2046",
                        4095,
                        4094,
                        v -> v.controllerId(2046),
                        (v, x) -> v.controllerId(2046, x))
                .hasNoOtherField(ControllerList.class);
        assertThat(ControllerList.SIZE_BYTES).isEqualTo(4096);
    }

    @Test
    void commandSetCombinations_hasEveryFieldWhereTheClausePutsIt() {
        WindowLayout.of(4096, new CommandSetCombinations()::wrap)
                .qword("combination 0", 0, v -> v.combination(0), (v, x) -> v.combination(0, x))
                .qword(
                        "combination 511",
                        4088,
                        v -> v.combination(511),
                        (v, x) -> v.combination(511, x))
                .hasNoOtherField(CommandSetCombinations.class);
        assertThat(CommandSetCombinations.SIZE_BYTES).isEqualTo(4096);
    }

    @Test
    void namespaceList_countsUpToTheFirstZero() {
        NamespaceList list = new NamespaceList().wrap(WindowLayout.memory(4096), 0);
        assertThat(list.count()).isZero();
        list.namespaceId(0, 1).namespaceId(1, 7);
        assertThat(list.count()).isEqualTo(2);
        for (int i = 0; i < NamespaceList.NSID_COUNT; i++) {
            list.namespaceId(i, i + 1);
        }
        assertThat(list.count()).isEqualTo(1024);
        assertThatThrownBy(() -> list.namespaceId(1024))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void clear_zeroesTheWholePageAndNoMore() {
        MemorySegment memory = WindowLayout.memory(4096 + 16);
        memory.fill((byte) 0xEE);
        new NamespaceList().wrap(memory, 8).clear();
        assertThat(WindowLayout.hex(memory, 0, 10)).isEqualTo("eeeeeeeeeeeeeeee0000");
        assertThat(WindowLayout.hex(memory, 4102, 10)).isEqualTo("0000eeeeeeeeeeeeeeee");
    }

    @Test
    void descriptorList_isWalkedByItsLengths() {
        MemorySegment memory = WindowLayout.memory(4096);
        var descriptor = new NamespaceIdentificationDescriptor().wrap(memory, 0);
        descriptor.eui64(0x0102030405060708L).next();
        descriptor.uuid(0x1112131415161718L, 0x191A1B1C1D1E1F20L).next();
        descriptor.commandSet(2).next().end();
        assertThat(WindowLayout.hex(memory, 0, 41))
                .isEqualTo(
                        "010800000102030405060708"
                                + "031000001112131415161718191a1b1c1d1e1f20"
                                + "0401000002"
                                + "00000000");

        descriptor.wrap(memory, 0);
        assertThat(descriptor.type()).isEqualTo(NamespaceIdentificationDescriptor.TYPE_EUI64);
        assertThat(descriptor.high()).isEqualTo(0x0102030405060708L);
        assertThat(descriptor.next().offsetBytes()).isEqualTo(12);
        assertThat(descriptor.lengthBytes()).isEqualTo(16);
        assertThat(descriptor.high()).isEqualTo(0x1112131415161718L);
        assertThat(descriptor.low()).isEqualTo(0x191A1B1C1D1E1F20L);
        assertThat(descriptor.next().commandSet()).isEqualTo(2);
        assertThat(descriptor.isEnd()).isFalse();
        assertThat(descriptor.next().isEnd()).isTrue();
        assertThat(descriptor.offsetBytes()).isEqualTo(37);
    }

    @Test
    void nguidDescriptor_isTypeTwo() {
        MemorySegment memory = WindowLayout.memory(20);
        new NamespaceIdentificationDescriptor().wrap(memory, 0).nguid(1, 2);
        assertThat(WindowLayout.hex(memory, 0, 20))
                .isEqualTo("0210000000000000000000010000000000000002");
    }

    @Test
    void descriptorLengths_areFixedByTheType() {
        assertThat(NamespaceIdentificationDescriptor.lengthBytes(1)).isEqualTo(8);
        assertThat(NamespaceIdentificationDescriptor.lengthBytes(2)).isEqualTo(16);
        assertThat(NamespaceIdentificationDescriptor.lengthBytes(3)).isEqualTo(16);
        assertThat(NamespaceIdentificationDescriptor.lengthBytes(4)).isEqualTo(1);
        assertThat(NamespaceIdentificationDescriptor.lengthBytes(5)).isZero();
    }
}
