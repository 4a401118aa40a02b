package io.doorbell.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** Bytes are taken in the order in which they passed at their address, however they are cut. */
class PassedBytesTest {
    private final PassedBytes passed = new PassedBytes();

    private Transfer add(long address, int... bytes) {
        byte[] data = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            data[i] = (byte) bytes[i];
        }
        Transfer transfer = new Transfer(1, 0, data);
        passed.add(address, transfer);
        return transfer;
    }

    private byte[] take(long address, int bytes) {
        byte[] data = new byte[bytes];
        assertThat(passed.take(address, data, 0)).isEqualTo(bytes);
        return data;
    }

    @Test
    void whatPassedInOne_isTakenInTwo() {
        Transfer transfer = add(0x100, 1, 2, 3, 4);

        assertThat(take(0x101, 2)).containsExactly(2, 3);
        assertThat(transfer.isMatched()).isFalse();
        assertThat(passed.has(0x100, 4)).isFalse();
        assertThat(take(0x103, 1)).containsExactly(4);
        assertThat(take(0x100, 1)).containsExactly(1);
        assertThat(transfer.isMatched()).isTrue();
    }

    @Test
    void whatPassedInTwo_isTakenInOne_alsoAcrossPages() {
        add(0xFFE, 1, 2, 3);
        add(0x1001, 4, 5);

        assertThat(passed.has(0xFFE, 5)).isTrue();
        assertThat(passed.has(0xFFE, 6)).isFalse();
        assertThat(take(0xFFE, 5)).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void oldestOfEachAddress_isFirst() {
        add(0x100, 1, 2);
        add(0x101, 3, 4);

        assertThat(take(0x100, 3)).containsExactly(1, 2, 4);
        assertThat(take(0x101, 1)).containsExactly(3);
    }

    @Test
    void whatIsMissing_isNotTaken() {
        add(0x100, 1, 2);
        byte[] data = {9, 9, 9, 9};

        assertThat(passed.take(0x100, data, 1)).isEqualTo(2);
        assertThat(data).containsExactly(9, 1, 2, 9);
    }

    @Test
    void forgotten_isOnlyWhatIsLeftOfThat() {
        Transfer first = add(0xFFE, 1, 2, 3, 4);
        Transfer second = add(0x1000, 5);
        take(0xFFE, 1);
        passed.forget(0xFFE, first);
        List<Transfer> left = new ArrayList<>();
        passed.forEach((transfer, _) -> left.add(transfer));

        assertThat(left).containsExactly(second);
        assertThat(first.isMatched()).isTrue();
        assertThat(take(0x1000, 1)).containsExactly(5);
    }
}
