package io.doorbell.cli.trace;

import io.doorbell.bus.memory.DmaStatus;
import io.doorbell.cli.settings.ControllerSettings;

import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalInt;

/** An event from the parts of its line: the other way round than {@link TraceLine}. */
final class ParsedEvent {
    private ParsedEvent() {}

    /**
     * Parts that the event does not have are left alone.
     *
     * @throws TraceException if there is no such event, or a part of it is missing or wrong
     */
    static TraceEvent of(TraceParts parts) throws TraceException {
        String name = parts.text("e");
        return switch (name) {
            case "power-on" ->
                    new TraceEvent.PowerOn(
                            controller(parts),
                            parts.text("blocks"),
                            parts.number("sizeBytes"),
                            parts.small("blockBytes"),
                            parts.flag("memoryWaits"));
            case "power-off" -> new TraceEvent.PowerOff();
            case "map" ->
                    new TraceEvent.Map(
                            parts.hex("at"),
                            parts.number("bytes"),
                            parts.flag("readable"),
                            parts.flag("writable"));
            case "unmap" -> new TraceEvent.Unmap(parts.hex("at"), parts.number("bytes"));
            case "config-read" ->
                    new TraceEvent.ConfigRead(
                            parts.smallHex("at"), width(parts, 4), parts.number("tag"));
            case "config-write" ->
                    new TraceEvent.ConfigWrite(
                            parts.smallHex("at"),
                            width(parts, 4),
                            parts.smallHex("value"),
                            parts.number("tag"));
            case "bar-read" ->
                    new TraceEvent.BarRead(
                            parts.small("bar"),
                            parts.hex("at"),
                            width(parts, 8),
                            parts.number("tag"));
            case "bar-write" ->
                    new TraceEvent.BarWrite(
                            parts.small("bar"),
                            parts.hex("at"),
                            width(parts, 8),
                            parts.hex("value"));
            case "reset" -> new TraceEvent.Reset(parts.number("tag"));
            case "answer" -> new TraceEvent.Answer(parts.number("tag"), parts.hex("value"));
            case "interrupt" -> new TraceEvent.Interrupt(parts.small("vector"));
            case "pin" -> new TraceEvent.Pin(parts.flag("asserted"));
            case "dma-read" -> {
                Access access = Access.of(parts);
                yield new TraceEvent.DmaRead(
                        access.address, access.bytes, access.status.name(), access.data(parts));
            }
            case "dma-write" -> {
                Access access = Access.of(parts);
                yield new TraceEvent.DmaWrite(
                        access.address, access.bytes, access.status.name(), access.data(parts));
            }
            case "dma-zero" -> {
                Access access = Access.of(parts);
                yield new TraceEvent.DmaZero(access.address, access.bytes, access.status.name());
            }
            case "fault" -> new TraceEvent.Struck(parts.text("what"));
            case "lost" -> new TraceEvent.Lost(parts.number("events"));
            default -> throw parts.wrong("There is no event '" + name + "'.");
        };
    }

    /** Of an access of the machine: a power of two. */
    private static int width(TraceParts parts, int max) throws TraceException {
        int bytes = parts.small("bytes");
        if (Integer.bitCount(bytes) != 1 || bytes > max) {
            throw parts.wrong("'bytes' is " + bytes + ", which no access there has.");
        }
        return bytes;
    }

    private static ControllerSettings controller(TraceParts parts) throws TraceException {
        return new ControllerSettings(
                parts.small("queuePairsMax"),
                parts.small("queueEntriesMax"),
                parts.small("doorbellStrideExponent"),
                parts.small("vectors"),
                parts.small("transferMaxBytes"),
                parts.has("arbitrationBurst")
                        ? OptionalInt.of(parts.small("arbitrationBurst"))
                        : OptionalInt.empty(),
                Duration.ofMillis(parts.small("readyTimeoutMillis")));
    }

    /** An access of the function to memory. */
    private record Access(long address, long bytes, DmaStatus status) {
        private static Access of(TraceParts parts) throws TraceException {
            return new Access(parts.hex("at"), parts.number("bytes"), status(parts));
        }

        private static DmaStatus status(TraceParts parts) throws TraceException {
            String text = parts.text("status");
            return Arrays.stream(DmaStatus.values())
                    .filter(each -> each.name().equals(text))
                    .findFirst()
                    .orElseThrow(() -> parts.wrong("There is no status '" + text + "'."));
        }

        private byte[] data(TraceParts parts) throws TraceException {
            return parts.data(status.isOk() ? bytes : 0);
        }
    }
}
