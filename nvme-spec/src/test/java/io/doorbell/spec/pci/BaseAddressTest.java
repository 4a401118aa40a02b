package io.doorbell.spec.pci;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PCIe 1.0 §3.8, §3.1.2. */
class BaseAddressTest {
    @ParameterizedTest(name = "queues 0..{0}, DSTRD {1}")
    @CsvSource({
        "64, 0, 16384",
        "511, 0, 16384",
        "65535, 0, 1048576",
        "64, 4, 16384",
        "1, 10, 32768",
    })
    void bar0WithMsixElsewhere_isTheNextPowerOfTwo(int maxQueueId, int dstrd, long sizeBytes) {
        assertThat(BaseAddress.bar0SizeBytes(maxQueueId, dstrd)).isEqualTo(sizeBytes);
    }

    @Test
    void bar0WithMsix_givesTableAndPendingBitsTheirOwnPages() {
        assertThat(BaseAddress.msixTableOffsetBytes(64, 0)).isEqualTo(0x2000);
        assertThat(BaseAddress.msixPendingBitsOffsetBytes(64, 0, 65)).isEqualTo(0x3000);
        assertThat(BaseAddress.bar0SizeBytes(64, 0, 65)).isEqualTo(0x4000);
        assertThat(BaseAddress.bar0SizeBytes(511, 0, 512)).isEqualTo(0x8000);
    }

    @Test
    void registerPair_is64BitMemory() {
        assertThat(BaseAddress.value(0xFE00_0000_0000L)).isEqualTo(0xFE00_0000_0004L);
        assertThat(BaseAddress.address(0xFE00_0000_0004L)).isEqualTo(0xFE00_0000_0000L);
        assertThat(BaseAddress.sizingValue(0x4000)).isEqualTo(0xFFFF_FFFF_FFFF_C004L);
    }
}
