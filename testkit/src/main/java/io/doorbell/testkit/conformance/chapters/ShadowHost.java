package io.doorbell.testkit.conformance.chapters;

import io.doorbell.spec.AdminOpcode;
import io.doorbell.spec.Doorbells;
import io.doorbell.testkit.conformance.NotApplicable;
import io.doorbell.testkit.host.Command;
import io.doorbell.testkit.host.Commands;
import io.doorbell.testkit.host.Completion;
import io.doorbell.testkit.host.Expect;
import io.doorbell.testkit.host.Host;
import io.doorbell.testkit.host.HostQueue;
import io.doorbell.testkit.host.Memory;

/** A host that publishes tails and heads in shadow buffers (Base §5.8, Annex B.5). */
final class ShadowHost {
    /** How hosts decide that EventIdx was passed: modulo the queue, as the annex does. */
    static final long ANNEX = 0;

    /** As SPDK does: modulo 65,536, a ring also for the very value of EventIdx. */
    static final long SIXTEEN_BITS_INCLUSIVE = 1;

    /** As Linux does: modulo 65,536. */
    static final long SIXTEEN_BITS = 2;

    static final int PAGE_BYTES = 4096;
    private static final int OACS_OFFSET_BYTES = 256;

    private final Host host;
    private final long formula;
    private long shadow;
    private long eventIndexes;
    private int rings;

    ShadowHost(Host host, long formula) {
        this.host = host;
        this.formula = formula;
    }

    /** Whether Identify Controller offers Doorbell Buffer Config. */
    static boolean isOffered(Host host) {
        long page = host.memory().pages(1);
        host.adminOk(Commands.identify(1, 0, page));
        return (host.memory().getShort(page + OACS_OFFSET_BYTES) >> 8 & 1) != 0;
    }

    static Command config(long shadow, long eventIndexes) {
        return Command.of(AdminOpcode.DOORBELL_BUFFER_CONFIG).prp1(shadow).prp2(eventIndexes);
    }

    /** Two fresh pages, one after the other, full of {@code left}, and the command. */
    ShadowHost configure(int left) {
        NotApplicable.unless(isOffered(host), "OACS does not offer Doorbell Buffer Config");
        shadow = host.memory().pages(2);
        eventIndexes = shadow + PAGE_BYTES;
        host.memory().fill(shadow, 2 * PAGE_BYTES, left);
        host.adminOk(config(shadow, eventIndexes));
        return this;
    }

    /** Register writes that the controller has asked for. */
    int rings() {
        return rings;
    }

    int tailSlot(int queueId) {
        return host.memory().getInt(shadow + 4L * Doorbells.submissionTailIndex(queueId));
    }

    int headSlot(int queueId) {
        return host.memory().getInt(shadow + 4L * Doorbells.completionHeadIndex(queueId));
    }

    /** Stores into the slot of a doorbell and rings nothing. */
    void store(int doorbell, int value) {
        host.memory().putInt(shadow + 4L * doorbell, value);
        host.memory().fullFence();
    }

    void publishTail(HostQueue queue) {
        if (publish(Doorbells.submissionTailIndex(queue.id()), queue.tail(), queue.entries())) {
            queue.ring();
        }
    }

    void publishHead(HostQueue queue) {
        int doorbell = Doorbells.completionHeadIndex(queue.completionId());
        if (publish(doorbell, queue.head(), queue.completionEntries())) {
            queue.ringHead();
        }
    }

    private boolean publish(int doorbell, int value, int entries) {
        int old = host.memory().getInt(shadow + 4L * doorbell);
        store(doorbell, value);
        int event = host.memory().getInt(eventIndexes + 4L * doorbell);
        boolean passed = passes(event, value, old, entries);
        if (passed) {
            rings++;
        }
        return passed;
    }

    private boolean passes(int event, int value, int old, int entries) {
        if (formula == ANNEX) {
            return Math.floorMod(value - event, entries) <= Math.floorMod(value - old, entries);
        }
        int distance = formula == SIXTEEN_BITS ? value - event - 1 : value - event;
        int moved = value - old & 0xFFFF;
        return formula == SIXTEEN_BITS ? (distance & 0xFFFF) < moved : (distance & 0xFFFF) <= moved;
    }

    /** Both buffers, as they are now. */
    Memory.Watch watch() {
        return host.memory().watch(shadow, 2 * PAGE_BYTES);
    }

    /** One command, all its way. */
    Completion run(HostQueue queue, Command command) {
        int id = queue.put(command);
        publishTail(queue);
        Completion completion = queue.expectCompletion(id);
        publishHead(queue);
        return completion;
    }

    void runFlushes(HostQueue queue, int count) {
        for (int i = 0; i < count; i++) {
            Expect.success(run(queue, Commands.flush(1)));
        }
    }
}
