package io.doorbell.guest.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.doorbell.guest.workload.Iolog.Entry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

class IologReaderTest {
    private static final NamespaceGeometry SMALL = new NamespaceGeometry(2048, 512, 65536);
    private static final String V3 = "fio version 3 iolog\n0 d add\n0 d open\n";
    private static final String V2 = "fio version 2 iolog\nd add\nd open\n";

    private static Iolog read(String text) {
        return read(text, SMALL);
    }

    private static Iolog read(String text, NamespaceGeometry geometry) {
        try {
            return IologReader.read(
                    "x.iolog", new StringReader(text), geometry, TimeUnit.MILLISECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void version3_isRead() {
        Iolog log = read(V3 + "5 d read 512 1024\n\n7 d write 0 512\n9 d trim 0 4096\n9 d close\n");
        assertThat(log.entries())
                .containsExactly(
                        new Entry(Operation.READ, 1, 2, 5_000_000, 4),
                        new Entry(Operation.WRITE, 0, 1, 7_000_000, 6),
                        new Entry(Operation.DEALLOCATE, 0, 8, 9_000_000, 7));
        assertThat(log.place(1)).isEqualTo("x.iolog:6");
    }

    @Test
    void version2Waits_addUp() {
        Iolog log = read(V2 + "d wait 100 0\nd read 0 512\nd wait 50\nd sync\nd datasync 0 0\n");
        assertThat(log.entries())
                .containsExactly(
                        new Entry(Operation.READ, 0, 1, 100_000, 5),
                        new Entry(Operation.FLUSH, 0, 0, 150_000, 7),
                        new Entry(Operation.FLUSH, 0, 0, 150_000, 8));
    }

    @Test
    void timestampGoingBack_countsAsEqual() {
        List<Entry> entries = read(V3 + "5 d sync\n4 d sync\n6 d sync\n").entries();
        assertThat(entries)
                .extracting(Entry::atNanos)
                .containsExactly(5000000L, 5000000L, 6000000L);
    }

    @Test
    void aFileThatSeesNoIo_isNoProblem() {
        assertThat(read(V3 + "0 e add\n0 e open\n0 e close\n1 d read 0 512\n").entries())
                .hasSize(1);
    }

    @ParameterizedTest(name = "{0} -> {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "0 d read 12x 512 | 4 | offset '12x' is not a whole number of bytes",
                "0 d read -512 512 | 4 | offset '-512' is not a whole number of bytes",
                "0 d read 0 1.5 | 4 | length '1.5' is not a whole number of bytes",
                "0 d read 99999999999999999999 512 | 4 | offset '99999999999999999999' is too"
                        + " large; use up to 9223372036854775807",
                "0 d read 100 512 | 4 | offset 100 is not a multiple of the block size of 512"
                        + " bytes",
                "0 d read 0 100 | 4 | length 100 is not a multiple of the block size of 512 bytes",
                "0 d read 0 0 | 4 | length is 0: nothing to read",
                "0 d raed 0 512 | 4 | unknown action 'raed'; did you mean 'read'? Valid are add,"
                        + " open, close, read, write, sync, datasync, trim, wait.",
                "0 d wait 100 0 | 4 | 'wait' is not part of version 3, whose timestamps say it"
                        + " already",
                "0 d read | 4 | 'read' takes an offset and a length in bytes, found neither",
                "0 d read 0 | 4 | 'read' takes an offset and a length in bytes, found '0'",
                "0 d read 0 512 3 | 4 | 'read' takes an offset and a length in bytes, found '0"
                        + " 512 3'",
                "0 d close 0 0 | 4 | 'close' takes no offset and length, found '0'",
                "0 d | 4 | '0 d' has no action; expected 'time file action [offset length]'",
                "d read 0 512 | 4 | timestamp 'd' is not a whole number of milliseconds; expected"
                        + " 'time file action [offset length]'",
                "0 e read 0 512 | 4 | read of 'e', which was never added and opened; put 'e open'"
                        + " before",
                "0 e close | 4 | close of 'e', which was never added and opened; put 'e open'"
                        + " before",
                "0 e open | 4 | 'e' is opened but was never added; put 'e add' before",
                "0 d add | 4 | 'd' is added while it is open"
            })
    void anErrorInALine_isNamedWithItsPlace(String bad, int line, String message) {
        assertThatThrownBy(() -> read(V3 + bad + "\n0 d read 0 512\n"))
                .isInstanceOfSatisfying(
                        IologException.class, e -> assertThat(e.line()).isEqualTo(line))
                .hasMessage("x.iolog:" + line + ": " + message);
    }

    @Test
    void aFileAddedOnlyOrClosed_isNotOpen() {
        assertThatThrownBy(() -> read(V3 + "0 e add\n0 e write 0 512\n"))
                .hasMessage("x.iolog:5: write of 'e', which was never opened; put 'e open' before");
        assertThatThrownBy(() -> read(V3 + "0 d close\n0 d trim 0 512\n"))
                .hasMessage("x.iolog:5: trim of 'd', which is closed by then; put 'd open' before");
    }

    @Test
    void ioOnTwoFiles_namesBoth() {
        assertThatThrownBy(
                        () -> read(V3 + "0 d read 0 512\n0 e add\n0 e open\n" + "0 e read 0 512\n"))
                .hasMessage(
                        "x.iolog:7: I/O on 'e' after I/O on 'd' (line 4): a replay drives one"
                                + " namespace. Make one iolog for each file");
    }

    @Test
    void beyondTheNamespace_namesTheFirstLineAndWhatAllNeeds() {
        assertThatThrownBy(
                        () ->
                                read(
                                        V3
                                                + "0 d read 0 512\n1 d write 1048064 1024\n"
                                                + "2 d read 4194304 512\n"))
                .hasMessage(
                        "x.iolog:5: write of 1024 bytes at offset 1048064 ends beyond the namespace"
                                + " of 1048576 bytes; this file needs one of at least 4194816"
                                + " bytes");
    }

    @Test
    void smallBlocksOnALargeBlockNamespace_saysWhichWouldDo() {
        assertThatThrownBy(
                        () ->
                                read(
                                        V3 + "0 d write 0 1024\n",
                                        new NamespaceGeometry(256, 4096, 65536)))
                .hasMessage(
                        "x.iolog:4: length 1024 is not a multiple of the block size of 4096 bytes;"
                                + " use a namespace with 512-byte blocks");
    }

    @Test
    void aMissingHeader_isNamed() {
        assertThatThrownBy(() -> read("0 d add\n"))
                .hasMessageStartingWith(
                        "x.iolog:1: the first line is '0 d add', not 'fio version 2 iolog' or"
                                + " 'fio version 3 iolog'");
        assertThatThrownBy(() -> read(""))
                .hasMessage(
                        "x.iolog:1: the file is empty; the first line must be"
                                + " 'fio version 3 iolog'");
    }

    @Test
    void aBinaryFile_isRefusedLikeAnyOther(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("b.iolog"), new byte[] {(byte) 0xFF, 7, 'a', 10});
        assertThatThrownBy(() -> IologReader.read(file, SMALL, TimeUnit.MILLISECONDS))
                .isInstanceOf(IologException.class)
                .hasMessageStartingWith("b.iolog:1: the first line is");
    }

    @Test
    void version2Waits_areChecked() {
        assertThatThrownBy(() -> read(V2 + "d wait\n"))
                .hasMessage("x.iolog:4: 'wait' takes a number of microseconds");
        assertThatThrownBy(() -> read(V2 + "d wait soon\n"))
                .hasMessage("x.iolog:4: wait 'soon' is not a whole number of microseconds");
    }
}
