package io.doorbell.simulation.oracle;

import io.doorbell.spec.Doorbells;
import io.doorbell.spec.Registers;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** The last events, kept as numbers and turned into text when somebody asks. */
final class EventHistory {
    /** What happened. */
    enum Kind {
        WRITE_ISSUED("host stores"),
        WRITTEN("register written"),
        READ("register read"),
        CONFIG("config written"),
        FUNCTION_RESET("function reset"),
        DEVICE_READ("device reads"),
        DEVICE_WROTE("device writes"),
        VISIBLE("write visible"),
        HOST_WROTE("host writes"),
        INTERRUPT_SENT("interrupt sent"),
        INTERRUPT_DELIVERED("interrupt delivered"),
        PIN("pin"),
        FAILED("actor failed"),
        FAULT("fault"),
        QUIET("quiet");

        private final String text;

        Kind(String text) {
            this.text = text;
        }
    }

    private static final int NUMBERS = 5; // step, time, and three of the event

    private final Kind[] kinds;
    private final long[] numbers;
    private final @Nullable Object[] details;
    private final int stride; // CAP.DSTRD
    private long count;

    EventHistory(int kept, int stride) {
        this.kinds = new Kind[kept];
        this.numbers = new long[kept * NUMBERS];
        this.details = new @Nullable Object[kept];
        this.stride = stride;
    }

    void add(Kind kind, long step, long nanos, long first, long second, long third) {
        add(kind, step, nanos, first, second, third, null);
    }

    void add(
            Kind kind,
            long step,
            long nanos,
            long first,
            long second,
            long third,
            @Nullable Object detail) {
        if (kinds.length == 0) {
            return;
        }
        int at = (int) (count++ % kinds.length);
        kinds[at] = kind;
        details[at] = detail;
        int base = at * NUMBERS;
        numbers[base] = step;
        numbers[base + 1] = nanos;
        numbers[base + 2] = first;
        numbers[base + 3] = second;
        numbers[base + 4] = third;
    }

    /** One line an event, the oldest first. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (long number = Math.max(0, count - kinds.length); number < count; number++) {
            lines.add(line((int) (number % kinds.length)));
        }
        return lines;
    }

    private String line(int at) {
        int base = at * NUMBERS;
        long first = numbers[base + 2];
        long second = numbers[base + 3];
        long third = numbers[base + 4];
        Object detail = details[at];
        String what =
                switch (kinds[at]) {
                    case WRITE_ISSUED, WRITTEN, READ ->
                            "BAR%d %s = %Xh".formatted(first, name(first, second), third);
                    case CONFIG -> "%02Xh = %Xh".formatted(first, third);
                    case DEVICE_READ, DEVICE_WROTE, VISIBLE, HOST_WROTE ->
                            "%Xh, %d bytes%s"
                                    .formatted(first, second, detail == null ? "" : " " + detail);
                    case INTERRUPT_SENT, INTERRUPT_DELIVERED ->
                            "%Xh to %Xh".formatted(second, first);
                    case PIN -> first == 0 ? "low" : "high";
                    case QUIET -> "until %,d ns".formatted(first);
                    case FUNCTION_RESET, FAILED, FAULT -> detail == null ? "" : detail.toString();
                };
        return "%,12d  %,15d ns  %-19s  %s"
                .formatted(numbers[base], numbers[base + 1], kinds[at].text, what);
    }

    private String name(long bar, long offset) {
        int doorbell =
                bar == 0 && offset >= Doorbells.OFFSET_BYTES ? Doorbells.index(offset, stride) : -1;
        if (doorbell >= 0) {
            return "%s %d"
                    .formatted(
                            Doorbells.isCompletionHead(doorbell) ? "CQ head" : "SQ tail",
                            Doorbells.queueId(doorbell));
        }
        return bar == 0 && offset < Doorbells.OFFSET_BYTES
                ? Registers.name(offset)
                : "+%Xh".formatted(offset);
    }
}
