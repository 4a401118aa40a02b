package io.doorbell.spec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Base 2.0 §3.2.1, §5.17.2.2. */
class NamespaceIdTest {
    @ParameterizedTest(name = "NSID {0} of {1}")
    @CsvSource({
        "0x0, 0x4, false, true",
        "0x1, 0x4, true, true",
        "0x4, 0x4, true, true",
        "0x5, 0x4, false, true",
        "0x80000000, 0xFFFFFFFE, true, true",
        "0xFFFFFFFD, 0xFFFFFFFE, true, true",
        "0xFFFFFFFE, 0xFFFFFFFE, true, false",
        "0xFFFFFFFF, 0xFFFFFFFF, false, false",
    })
    void namespaceId_isValidUpToNn(
            String namespaceId, String maximum, boolean valid, boolean start) {
        int id = (int) (long) Long.decode(namespaceId);
        assertThat(NamespaceId.isValid(id, (int) (long) Long.decode(maximum))).isEqualTo(valid);
        assertThat(NamespaceId.isListStart(id)).isEqualTo(start);
    }
}
