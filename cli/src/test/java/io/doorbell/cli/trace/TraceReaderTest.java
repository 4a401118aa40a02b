package io.doorbell.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** What is read of a trace: whole, torn, broken, or none at all. */
class TraceReaderTest {
    private static final String LINES =
            """
            {"t":0,"e":"trace","version":1}
            {"t":7,"e":"power-on","queuePairsMax":4,"queueEntriesMax":64,\
            "doorbellStrideExponent":2,"vectors":5,\
            "transferMaxBytes":8192,"readyTimeoutMillis":1500,"blocks":"memory",\
            "sizeBytes":1048576,"blockBytes":512,"memoryWaits":false}
            {"t":8,"e":"power-on","queuePairsMax":4,"queueEntriesMax":64,\
            "doorbellStrideExponent":2,"vectors":5,\
            "transferMaxBytes":8192,"arbitrationBurst":8,"readyTimeoutMillis":1500,"blocks":"file",\
            "sizeBytes":1048576,"blockBytes":512,"memoryWaits":true}
            {"t":8,"e":"map","at":"1000","bytes":8192,"readable":true,"writable":false}
            {"t":9,"e":"unmap","at":"1000","bytes":8192}
            {"t":10,"e":"config-read","at":"4","bytes":2,"tag":7}
            {"t":11,"e":"config-write","at":"4","bytes":4,"value":"fffffffe","tag":8}
            {"t":12,"e":"bar-read","bar":0,"at":"1c","bytes":4,"tag":9}
            {"t":13,"e":"answer","tag":9,"value":"ffffffffffffffff"}
            {"t":14,"e":"bar-write","bar":0,"at":"1008","bytes":4,"value":"5"}
            {"t":15,"e":"reset","tag":10}
            {"t":16,"e":"interrupt","vector":3}
            {"t":17,"e":"pin","asserted":true}
            {"t":18,"e":"dma-read","at":"abc0","bytes":3,"status":"OK","data":"AQID"}
            {"t":19,"e":"dma-write","at":"abc0","bytes":3,"status":"UNMAPPED"}
            {"t":20,"e":"dma-zero","at":"abc0","bytes":512,"status":"OK"}
            {"t":21,"e":"fault","what":"hang at commands/cq-1"}
            {"t":21,"e":"lost","events":12}
            {"t":22,"e":"power-off"}
            """;
    private static final String FIRST = TraceLine.FIRST + "\n";

    /** What was read, written again; and whether the end was torn. */
    private record Read(String lines, boolean torn) {}

    private static Read read(byte[] file) throws IOException, TraceException {
        StringBuilder lines = new StringBuilder(FIRST);
        try (TraceReader reader = TraceReader.open(new ByteArrayInputStream(file))) {
            int line = 1;
            for (var next = reader.next(); next != null; next = reader.next()) {
                line++;
                assertThat(next.line()).isEqualTo(line);
                TraceLine.write(next.nanos(), next.event(), lines);
            }
            assertThat(reader.next()).isNull();
            return new Read(lines.toString(), reader.isTorn());
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    private static byte[] compressed(String text, boolean ended) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(file, 512, true)) {
            gzip.write(bytes(text));
            gzip.flush();
            if (!ended) {
                return file.toByteArray(); // as a process leaves it that is killed now
            }
        }
        return file.toByteArray();
    }

    private static void expectBroken(byte[] file, int line, String what) {
        assertThatExceptionOfType(TraceException.class)
                .isThrownBy(() -> read(file))
                .withMessage(what)
                .returns(line, TraceException::line);
    }

    @Test
    void everyEvent_isReadAsItWasWritten() throws Exception {
        assertThat(read(bytes(LINES))).isEqualTo(new Read(LINES, false));
        assertThat(read(compressed(LINES, true))).isEqualTo(new Read(LINES, false));
    }

    @Test
    void lineWithoutItsEnd_isNone() throws Exception {
        String torn = LINES + "{\"t\":23,\"e\":\"power-on\",\"que";

        assertThat(read(bytes(torn))).isEqualTo(new Read(LINES, true));
        assertThat(read(compressed(torn, true))).isEqualTo(new Read(LINES, true));
        assertThat(read(bytes(LINES + "{\"t\":23,\"e\":\"power-off\"}")))
                .isEqualTo(new Read(LINES, true));
    }

    @Test
    void compressedTraceThatWasFlushedAndNotEnded_isReadToTheLastLine() throws Exception {
        assertThat(read(compressed(LINES, false))).isEqualTo(new Read(LINES, true));
    }

    @Test
    void compressedTrace_canBeTornAnywhere() throws Exception {
        byte[] whole = compressed(LINES, true);
        int unreadable = 0;
        for (int bytes = 0; bytes < whole.length; bytes++) {
            byte[] torn = Arrays.copyOf(whole, bytes);
            try {
                Read read = read(torn);
                assertThat(read.torn).as("%d bytes", bytes).isTrue();
                assertThat(LINES).startsWith(read.lines);
            } catch (TraceException none) {
                assertThat(none.line()).isOne();
                assertThat(none).hasMessage("This is no trace: it has no whole line.");
                unreadable = bytes;
            }
        }
        assertThat(unreadable).isBetween(10, whole.length / 2);
    }

    @Test
    void compressedDataThatIsBroken_isTold() throws Exception {
        byte[] broken = compressed(LINES, false);
        byte[] file = Arrays.copyOf(broken, broken.length + 16);
        Arrays.fill(file, broken.length, file.length, (byte) 0xFF); // no such kind of block

        expectBroken(
                file, 1, "Here or soon after, the compressed data is broken: invalid block type.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'t':1,'e':'reset'} | There is no 'tag'.",
                "{'t':1,'e':'bar-read','bar':0,'at':'0','bytes':3,'tag':1}"
                        + " | 'bytes' is 3, which no access there has.",
                "{'t':1,'e':'config-read','at':'0','bytes':8,'tag':1}"
                        + " | 'bytes' is 8, which no access there has.",
                "{'e':'power-off'} | There is no 't'.",
                "{'t':-1,'e':'power-off'} | 't' is -1, not a number from 0 on.",
                "{'t':1,'e':'power-of'} | There is no event 'power-of'.",
                "[] | This is no JSON object.",
                "{'t':1,'e':'interrupt','vector':'1'} | 'vector' is '1', not a number from 0 on.",
                "{'t':1,'e':'interrupt','vector':2147483648}"
                        + " | 'vector' is 2147483648, which is too much.",
                "{'t':1,'e':'answer','tag':1,'value':'-1'}"
                        + " | 'value' is '-1', not a hexadecimal number of 64 bits.",
                "{'t':1,'e':'config-read','at':'100000000','bytes':4,'tag':1}"
                        + " | 'at' is '100000000', which has more than 32 bits.",
                "{'t':1,'e':'answer','tag':1,'value':1} | 'value' is 1, which is no text.",
                "{'t':1,'e':'pin','asserted':1} | 'asserted' is 1, neither true nor false.",
                "{'t':1,'e':'dma-zero','at':'0','bytes':1,'status':'BAD'}"
                        + " | There is no status 'BAD'.",
                "{'t':1,'e':'dma-read','at':'0','bytes':4,'status':'OK','data':'AQID'}"
                        + " | 'data' has 3 bytes, but there should be 4.",
                "{'t':1,'e':'dma-write','at':'0','bytes':3,'status':'ABORTED','data':'AQID'}"
                        + " | 'data' has 3 bytes, but there should be 0."
            })
    void brokenLineInTheMiddle_isToldWithItsNumber(String line, String what) {
        String json = line.replace('\'', '"') + "\n";
        String value = what.replaceAll("'1'(?=, not a number)", "\"1\"");

        expectBroken(bytes(FIRST + "{\"t\":1,\"e\":\"power-off\"}\n" + json + LINES), 3, value);
    }

    @Test
    void lineThatIsNoJson_isToldWithItsNumber() {
        assertThatExceptionOfType(TraceException.class)
                .isThrownBy(() -> read(bytes(FIRST + "{\"t\":1,\"e\"\n" + LINES)))
                .withMessageStartingWith("This is no line of JSON: ")
                .returns(2, TraceException::line);
    }

    @Test
    void lineThatNeverEnds_isGivenUp() {
        byte[] file = Arrays.copyOf(bytes(FIRST), TraceLines.LINE_BYTES_MAX + FIRST.length() + 1);

        expectBroken(file, 2, "This line has more than 16,777,216 bytes.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"t\":0"})
    void fileWithoutALine_isNoTrace(String text) {
        expectBroken(bytes(text), 1, "This is no trace: it has no whole line.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"scenario seed 17\n", "{\"t\":0,\"e\":\"trace\",\"version\":2}\n"})
    void otherFiles_areNoTraceOfThisVersion(String text) {
        expectBroken(
                bytes(text),
                1,
                "This is no trace of version 1: that begins with"
                        + " {\"t\":0,\"e\":\"trace\",\"version\":1}.");
    }
}
