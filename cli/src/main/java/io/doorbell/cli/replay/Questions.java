package io.doorbell.cli.replay;

import io.doorbell.cli.trace.TraceEvent;
import io.doorbell.cli.trace.TraceEvent.BarRead;
import io.doorbell.cli.trace.TraceEvent.ConfigRead;
import io.doorbell.simulation.wire.RegisterNames;
import io.doorbell.spec.pci.ConfigurationHeader;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/**
 * What the machine has asked the function, and whether the answers are those that were recorded.
 */
final class Questions {
    /**
     * @param tag of the replayed question
     */
    record Asked(long tag, TraceEvent event) {}

    private final EventStream events;
    private final Findings findings;
    private final Map<Long, ArrayDeque<Asked>> asked = new HashMap<>(); // by the recorded tag

    Questions(EventStream events, Findings findings) {
        this.events = events;
        this.findings = findings;
    }

    /** The machine asks something. */
    void asked(long recordedTag, long tag, TraceEvent event) {
        asked.computeIfAbsent(recordedTag, _ -> new ArrayDeque<>(1)).add(new Asked(tag, event));
    }

    /** The oldest question of this tag, which is answered now; null if there is none. */
    @Nullable Asked take(long recordedTag) {
        ArrayDeque<Asked> all = asked.get(recordedTag);
        return all == null ? null : all.poll();
    }

    /** Nobody waits for answers any more. */
    void clear() {
        asked.clear();
    }

    /**
     * @param value what is answered now; null if nothing is
     */
    void compare(Asked question, TraceEvent.Answer recorded, @Nullable Long value) {
        findings.answered();
        String what = text(question.event());
        if (value == null) {
            findings.differs("an answer to " + what, "none");
        } else if (((value ^ recorded.value()) & ~interruptStatus(question.event())) != 0
                && !isAnsweredSoon(question.event(), value)) {
            findings.differs(
                    "%s: %Xh".formatted(what, recorded.value()), "it is %Xh".formatted(value));
        }
    }

    /**
     * Whether the machine asked the same again, with no store in between, until it got this: then
     * it waited for that, and the replayed device is sooner.
     */
    private boolean isAnsweredSoon(TraceEvent question, long value) {
        Repetition repetition = new Repetition(question, value);
        events.search(each -> repetition.goesOn(each.event()));
        return repetition.found;
    }

    /** The same question, asked again and again until it is answered so. */
    private static final class Repetition {
        private final TraceEvent question;
        private final long value;
        private @Nullable Long tag;
        private boolean found;

        private Repetition(TraceEvent question, long value) {
            this.question = question;
            this.value = value;
        }

        private boolean goesOn(TraceEvent event) {
            switch (event) {
                case BarRead read when isSame(read, question) -> tag = read.tag();
                case ConfigRead read when isSame(read, question) -> tag = read.tag();
                case TraceEvent.Answer answer when tag != null && answer.tag() == tag ->
                        found = answer.value() == value;
                case TraceEvent.BarWrite _,
                        TraceEvent.ConfigWrite _,
                        TraceEvent.Reset _,
                        TraceEvent.PowerOff _ -> {
                    return false;
                }
                default -> {} // not of this question
            }
            return !found;
        }
    }

    /** The bit of the answer that says whether the pin is asserted: that depends on time. */
    private static long interruptStatus(TraceEvent question) {
        if (question instanceof ConfigRead(int offset, int bytes, _)) {
            int at = ConfigurationHeader.STATUS_OFFSET_BYTES - offset;
            return at >= 0 && at < bytes
                    ? (long) ConfigurationHeader.STATUS_INTERRUPT << (at * Byte.SIZE)
                    : 0;
        }
        return 0;
    }

    private static boolean isSame(TraceEvent one, TraceEvent other) {
        return switch (one) {
            case BarRead(int bar, long offset, int bytes, _) ->
                    other instanceof BarRead read
                            && read.bar() == bar
                            && read.offset() == offset
                            && read.bytes() == bytes;
            case ConfigRead(int offset, int bytes, _) ->
                    other instanceof ConfigRead read
                            && read.offset() == offset
                            && read.bytes() == bytes;
            default -> false;
        };
    }

    private static String text(TraceEvent question) {
        return switch (question) {
            case BarRead(int bar, long offset, int bytes, _) ->
                    "load of %d bytes from %s"
                            .formatted(bytes, new RegisterNames(0).name(bar, offset));
            case ConfigRead(int offset, int bytes, _) ->
                    "load of %d bytes from configuration space at %Xh".formatted(bytes, offset);
            case TraceEvent.ConfigWrite(int offset, int bytes, _, _) ->
                    "store of %d bytes into configuration space at %Xh".formatted(bytes, offset);
            default -> "a reset";
        };
    }
}
