package io.doorbell.simulation.timeline;

import io.doorbell.simulation.timeline.Happening.Fault;
import io.doorbell.simulation.timeline.Happening.Fetched;
import io.doorbell.simulation.timeline.Happening.FunctionReset;
import io.doorbell.simulation.timeline.Happening.HeadRung;
import io.doorbell.simulation.timeline.Happening.InterruptDelivered;
import io.doorbell.simulation.timeline.Happening.InterruptSent;
import io.doorbell.simulation.timeline.Happening.Posted;
import io.doorbell.simulation.timeline.Happening.Stored;
import io.doorbell.simulation.timeline.Happening.TailRung;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Events in the JSON format of ui.perfetto.dev and chrome://tracing.
 *
 * <pre>
 *  process host     queue 1   ring ─┐            ┌─ head      a command, from ring to head, is an
 *                   vector 1        │          ┌─┴ handler    asynchronous event of its queue, and
 *  process device   sq 1            └ fetch ─┐ │              a flow through these slices
 *                   cq 1                     post
 *                   vector 1                 send             a counter of each queue: commands
 *                                                             rung and not consumed
 * </pre>
 */
public final class PerfettoTrace {
    private static final int HOST = 1;
    private static final int DEVICE = 2;
    private static final int WORLD = 3;
    private static final long SLICE_NANOS = 20;

    /** A command from its ring to the head that passes its completion. */
    private static final class Command {
        private final int number;
        private final int queue;
        private final long rungNanos;
        private @Nullable String name; // known once it is fetched

        Command(int number, int queue, long rungNanos) {
            this.number = number;
            this.queue = queue;
            this.rungNanos = rungNanos;
        }
    }

    private final JsonEvents out = new JsonEvents();
    private final Map<Long, Command> bySlot = new TreeMap<>(); // of the submission queue
    private final Map<Long, Command> byId = new TreeMap<>(); // fetched, not posted
    private final Map<Long, Command> byEntry = new TreeMap<>(); // posted, not consumed
    private final Map<Integer, List<Command>> toSignal = new TreeMap<>(); // by vector
    private final Map<Integer, Integer> depths = new TreeMap<>();
    private int commands;

    private PerfettoTrace() {}

    /** The events as a file for Perfetto. */
    public static String of(List<TimelineEvent> events) {
        PerfettoTrace trace = new PerfettoTrace();
        trace.out.process(HOST, "host");
        trace.out.process(DEVICE, "device");
        trace.out.process(WORLD, "world");
        events.forEach(trace::add);
        trace.bySlot.values().forEach(command -> trace.begin(command, "not fetched"));
        return trace.out.text();
    }

    private static long key(int queue, int index) {
        return (long) queue << Integer.SIZE | index;
    }

    private void add(TimelineEvent event) {
        long nanos = event.nanos();
        switch (event.what()) {
            case TailRung ring -> rung(nanos, ring);
            case Fetched fetched -> fetched(nanos, fetched);
            case Posted posted -> posted(nanos, posted);
            case InterruptSent(int vector) ->
                    signalled(nanos, DEVICE, vector, "send interrupt", false);
            case InterruptDelivered(int vector) ->
                    signalled(nanos, HOST, vector, "interrupt", true);
            case HeadRung head -> consumed(nanos, head);
            case Stored(String register, long value) -> {
                out.instant(nanos, HOST, 0, register + " = " + Long.toHexString(value) + "h");
                if (register.equals("cc") && (value & 1) == 0) {
                    reset(nanos);
                }
            }
            case FunctionReset _ -> reset(nanos);
            case Fault(String description) -> out.instant(nanos, WORLD, 0, description);
            default -> {}
        }
    }

    private void rung(long nanos, TailRung ring) {
        int thread = out.thread(HOST, "queue " + ring.queue());
        out.slice(nanos, HOST, thread, "ring " + ring.tail(), SLICE_NANOS);
        for (int slot : slots(ring.before(), ring.tail(), ring.commands())) {
            Command command = new Command(++commands, ring.queue(), nanos);
            bySlot.put(key(ring.queue(), slot), command);
            out.flow(nanos, 's', HOST, thread, command.number);
        }
        depth(nanos, ring.queue(), ring.commands());
    }

    /** Slots from one index up to another, around the end of a ring of any size. */
    private static List<Integer> slots(int from, int to, int count) {
        List<Integer> slots = new ArrayList<>();
        int beforeEnd = to >= from ? count : count - to;
        for (int i = 0; i < beforeEnd; i++) {
            slots.add(from + i);
        }
        for (int i = 0; i < count - beforeEnd; i++) {
            slots.add(i);
        }
        return slots;
    }

    private void fetched(long nanos, Fetched fetched) {
        int thread = out.thread(DEVICE, "sq " + fetched.queue());
        out.slice(nanos, DEVICE, thread, "fetch " + fetched.command(), SLICE_NANOS);
        Command command = bySlot.remove(key(fetched.queue(), fetched.slot()));
        if (command != null) {
            begin(command, fetched.command());
            byId.put(key(fetched.queue(), fetched.commandId()), command);
            out.async(nanos, 'n', HOST, queueThread(command), command.number, "fetched");
            out.flow(nanos, 't', DEVICE, thread, command.number);
        }
    }

    /** Commands of one queue and one kind share a track, which has their name. */
    private String begin(Command command, String what) {
        String name = "sq %d %s".formatted(command.queue, what);
        command.name = name;
        out.async(command.rungNanos, 'b', HOST, queueThread(command), command.number, name);
        return name;
    }

    private int queueThread(Command command) {
        return out.thread(HOST, "queue " + command.queue);
    }

    private void posted(long nanos, Posted posted) {
        int thread = out.thread(DEVICE, "cq " + posted.queue());
        out.slice(nanos, DEVICE, thread, "post " + posted.statusName(), SLICE_NANOS);
        Command command = byId.remove(key(posted.submissionQueue(), posted.commandId()));
        if (command != null) {
            byEntry.put(key(posted.queue(), posted.slot()), command);
            toSignal.computeIfAbsent(posted.vector(), _ -> new ArrayList<>()).add(command);
            out.async(nanos, 'n', HOST, queueThread(command), command.number, "posted");
            out.flow(nanos, 't', DEVICE, thread, command.number);
        }
    }

    private void signalled(long nanos, int process, int vector, String what, boolean last) {
        int thread = out.thread(process, "vector " + vector);
        out.slice(nanos, process, thread, what, SLICE_NANOS);
        List<Command> waiting = toSignal.getOrDefault(vector, List.of());
        for (Command command : waiting) {
            out.flow(nanos, 't', process, thread, command.number);
        }
        if (last) {
            toSignal.remove(vector);
        }
    }

    private void consumed(long nanos, HeadRung head) {
        int thread = out.thread(HOST, "queue " + head.queue());
        out.slice(nanos, HOST, thread, "head " + head.head(), SLICE_NANOS);
        for (int slot : slots(head.before(), head.head(), head.entries())) {
            Command command = byEntry.remove(key(head.queue(), slot));
            if (command != null) {
                out.flow(nanos, 'f', HOST, thread, command.number);
                ended(nanos, command);
            }
        }
    }

    private void ended(long nanos, Command command) {
        toSignal.values().forEach(waiting -> waiting.remove(command));
        String name = command.name == null ? begin(command, "not fetched") : command.name;
        out.async(nanos, 'e', HOST, queueThread(command), command.number, name);
        depth(nanos, command.queue, -1);
    }

    private void reset(long nanos) {
        for (Map<Long, Command> live : List.of(bySlot, byId, byEntry)) {
            List.copyOf(live.values()).forEach(command -> ended(nanos, command));
            live.clear();
        }
        toSignal.clear();
    }

    private void depth(long nanos, int queue, int change) {
        int now = depths.merge(queue, change, Integer::sum);
        out.counter(nanos, HOST, "sq %d depth".formatted(queue), now);
    }
}
