package io.doorbell.cli.trace;

import io.doorbell.cli.settings.ControllerSettings;

import java.util.Base64;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * An event as a line of JSON: {@code t}, nanoseconds since the trace began; {@code e}, the event;
 * then its parts. Addresses, offsets and values are hexadecimal text, numbers of bytes are numbers,
 * data is Base64.
 *
 * <pre>
 * {"t":0,"e":"trace","version":1}
 * {"t":5120,"e":"power-on","queuePairsMax":4,"queueEntriesMax":1024,"doorbellStrideExponent":0,
 *     "vectors":5,"transferMaxBytes":524288,"readyTimeoutMillis":10000,"blocks":"memory",
 *     "sizeBytes":536870912,"blockBytes":512,"memoryWaits":false}
 * {"t":9001,"e":"map","at":"0","bytes":1073741824,"readable":true,"writable":true}
 * {"t":9005,"e":"unmap","at":"0","bytes":1073741824}
 * {"t":9100,"e":"config-read","at":"4","bytes":2,"tag":7}
 * {"t":9200,"e":"config-write","at":"4","bytes":2,"value":"6","tag":8}
 * {"t":9300,"e":"bar-read","bar":0,"at":"1c","bytes":4,"tag":9}
 * {"t":9350,"e":"answer","tag":9,"value":"1"}
 * {"t":9400,"e":"bar-write","bar":0,"at":"1008","bytes":4,"value":"5"}
 * {"t":9500,"e":"reset","tag":10}
 * {"t":9600,"e":"dma-read","at":"1f000","bytes":64,"status":"OK","data":"..."}
 * {"t":9700,"e":"dma-write","at":"20000","bytes":512,"status":"OK","data":"..."}
 * {"t":9750,"e":"dma-zero","at":"20000","bytes":512,"status":"OK"}
 * {"t":9800,"e":"interrupt","vector":1}
 * {"t":9900,"e":"pin","asserted":true}
 * {"t":9920,"e":"fault","what":"lose at interrupt/1"}
 * {"t":9950,"e":"lost","events":12}
 * {"t":9999,"e":"power-off"}
 * </pre>
 *
 * <p>An access that was not answered well ({@code status} is not OK) has no data. The end of a
 * trace may be missing: a last line that is not whole is none.
 */
final class TraceLine {
    /** The first line of every trace. */
    static final String FIRST = "{\"t\":0,\"e\":\"trace\",\"version\":1}";

    private TraceLine() {}

    /** Appends an event, and the end of the line. */
    static void write(long nanos, TraceEvent event, StringBuilder line) {
        line.append("{\"t\":").append(nanos).append(",\"e\":\"");
        switch (event) {
            case TraceEvent.PowerOn on -> powerOn(on, line);
            case TraceEvent.PowerOff _ -> line.append("power-off\"");
            case TraceEvent.Map(long address, long bytes, boolean readable, boolean writable) ->
                    range("map", address, bytes, line)
                            .append(",\"readable\":")
                            .append(readable)
                            .append(",\"writable\":")
                            .append(writable);
            case TraceEvent.Unmap(long address, long bytes) -> range("unmap", address, bytes, line);
            case TraceEvent.BarRead(int bar, long offset, int bytes, long tag) ->
                    tag(tag, bar("bar-read", bar, offset, bytes, line));
            case TraceEvent.BarWrite(int bar, long offset, int bytes, long value) ->
                    value(value, bar("bar-write", bar, offset, bytes, line));
            case TraceEvent.ConfigRead(int offset, int bytes, long tag) ->
                    tag(tag, range("config-read", offset, bytes, line));
            case TraceEvent.ConfigWrite(int offset, int bytes, int value, long tag) ->
                    tag(
                            tag,
                            value(
                                    Integer.toUnsignedLong(value),
                                    range("config-write", offset, bytes, line)));
            case TraceEvent.Reset(long tag) -> tag(tag, line.append("reset\""));
            case TraceEvent.Answer(long tag, long value) ->
                    value(value, tag(tag, line.append("answer\"")));
            case TraceEvent.Interrupt(int vector) ->
                    line.append("interrupt\",\"vector\":").append(vector);
            case TraceEvent.Pin(boolean asserted) ->
                    line.append("pin\",\"asserted\":").append(asserted);
            case TraceEvent.DmaRead(long address, long bytes, String status, byte[] data) ->
                    data(data, status(status, range("dma-read", address, bytes, line)));
            case TraceEvent.DmaWrite(long address, long bytes, String status, byte[] data) ->
                    data(data, status(status, range("dma-write", address, bytes, line)));
            case TraceEvent.DmaZero(long address, long bytes, String status) ->
                    status(status, range("dma-zero", address, bytes, line));
            case TraceEvent.Struck(String fault) ->
                    line.append("fault\",\"what\":\"").append(fault).append('"');
            case TraceEvent.Lost(long events) -> line.append("lost\",\"events\":").append(events);
        }
        line.append("}\n");
    }

    private static void powerOn(TraceEvent.PowerOn on, StringBuilder line) {
        ControllerSettings controller = on.controller();
        line.append("power-on\",\"queuePairsMax\":").append(controller.queuePairsMax());
        number("queueEntriesMax", controller.queueEntriesMax(), line);
        number("doorbellStrideExponent", controller.doorbellStrideExponent(), line);
        number("vectors", controller.vectorCount(), line);
        number("transferMaxBytes", controller.transferMaxBytes(), line);
        OptionalInt burst = controller.arbitrationBurstCommands();
        if (burst.isPresent()) {
            number("arbitrationBurst", burst.getAsInt(), line);
        }
        number("readyTimeoutMillis", controller.readyTimeout().toMillis(), line);
        line.append(",\"blocks\":\"").append(on.blocks()).append('"');
        number("sizeBytes", on.sizeBytes(), line);
        number("blockBytes", on.blockBytes(), line);
        line.append(",\"memoryWaits\":").append(on.memoryWaits());
    }

    private static void number(String name, long value, StringBuilder line) {
        line.append(",\"").append(name).append("\":").append(value);
    }

    private static StringBuilder range(String name, long address, long bytes, StringBuilder line) {
        return line.append(name)
                .append("\",\"at\":\"")
                .append(hex(address))
                .append("\",\"bytes\":")
                .append(bytes);
    }

    private static StringBuilder bar(
            String name, int bar, long offset, int bytes, StringBuilder line) {
        return line.append(name)
                .append("\",\"bar\":")
                .append(bar)
                .append(",\"at\":\"")
                .append(hex(offset))
                .append("\",\"bytes\":")
                .append(bytes);
    }

    private static StringBuilder tag(long tag, StringBuilder line) {
        return line.append(",\"tag\":").append(tag);
    }

    private static StringBuilder value(long value, StringBuilder line) {
        return line.append(",\"value\":\"").append(hex(value)).append('"');
    }

    private static StringBuilder status(String status, StringBuilder line) {
        return line.append(",\"status\":\"").append(status).append('"');
    }

    private static void data(byte[] data, StringBuilder line) {
        if (data.length > 0) {
            line.append(",\"data\":\"")
                    .append(Base64.getEncoder().encodeToString(data))
                    .append('"');
        }
    }

    private static String hex(long value) {
        return Long.toHexString(value).toLowerCase(Locale.ROOT);
    }
}
