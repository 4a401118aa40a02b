package io.doorbell.guest;

import io.doorbell.bus.memory.GuestMemory;
import io.doorbell.bus.pci.HostMessage;
import io.doorbell.spec.AdminOpcode;
import io.doorbell.spec.Status;
import io.doorbell.spec.SubmissionEntry;
import io.doorbell.spec.command.Identify;
import io.doorbell.spec.command.SetFeatures;
import io.doorbell.spec.feature.FeatureId;

import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Admin commands of the driver, each with a time limit, and the page of guest memory that they
 * return data in. Whoever reads the page issues no other command meanwhile.
 */
final class AdminCommands {
    private final ActorContext<HostMessage> context;
    private final AdminQueue queue;
    private final GuestMemory memory;
    private final Duration timeout;
    private final boolean pollsFirst;
    private final @Nullable HostWatcher watcher;
    private final @Nullable Pending[] pending; // by tag, if it has a time limit
    private final Consumer<String> failed;
    private final long pageAddress;
    private final MemorySegment page = Arena.ofAuto().allocate(Identify.DATA_SIZE_BYTES, 8);

    /**
     * @param failed told why the driver cannot go on
     */
    AdminCommands(
            ActorContext<HostMessage> context,
            AdminQueue queue,
            GuestSettings settings,
            Consumer<String> failed) {
        this.context = context;
        this.queue = queue;
        this.memory = settings.machine().memory();
        this.timeout = settings.policies().recovery().adminTimeout();
        this.pollsFirst = settings.policies().recovery().pollsFirst();
        this.watcher = settings.watcher();
        this.pending = new Pending[queue.entryCount() - 1];
        this.failed = failed;
        this.pageAddress = settings.machine().pages().allocate(PageAllocator.PAGE_BYTES);
    }

    /** Guest address of the page. */
    long pageAddress() {
        return pageAddress;
    }

    /** A copy of the page as the last command of {@link #identify} left it. */
    MemorySegment page() {
        return page;
    }

    /** Commands that may be outstanding at a time. */
    int slots() {
        return queue.entryCount() - 1;
    }

    /** Whether there is room for another command. */
    boolean hasRoom() {
        return queue.hasRoom();
    }

    /** Commands that fit before the queue is full. */
    int room() {
        return queue.room();
    }

    /** What was to follow the commands on their way no longer matters; nobody is told. */
    void forget() {
        for (Pending command : pending) {
            if (command != null) {
                command.forget();
            }
        }
        queue.forget();
    }

    /** Runs a command that must succeed. */
    void run(String name, Consumer<SubmissionEntry> fill, Consumer<AdminQueue.Outcome> next) {
        attempt(
                name,
                fill,
                outcome -> {
                    if (outcome.isSuccess()) {
                        next.accept(outcome);
                    } else {
                        failed.accept(describe(name, outcome));
                    }
                },
                failed);
    }

    /** Runs a command that the driver can do without. */
    void attempt(String name, Consumer<SubmissionEntry> fill, Consumer<AdminQueue.Outcome> next) {
        attempt(name, fill, next, failed);
    }

    /**
     * Runs a command whose every outcome is {@code next}'s affair.
     *
     * @param overdue told instead of {@code next} if it does not complete in time
     */
    void attempt(
            String name,
            Consumer<SubmissionEntry> fill,
            Consumer<AdminQueue.Outcome> next,
            Consumer<String> overdue) {
        Pending command = new Pending(name, next, overdue);
        int tag = queue.submit(fill, command::completed);
        pending[tag] = command;
        command.watch(tag);
    }

    /** Runs a command that may complete long from now, or never: no time limit. */
    void leaveOutstanding(Consumer<SubmissionEntry> fill, Consumer<AdminQueue.Outcome> next) {
        queue.submit(fill, next);
    }

    /** What a failed command's problem is called. */
    static String describe(String name, AdminQueue.Outcome outcome) {
        return name + " failed: " + Status.describe(outcome.status());
    }

    /** Identify into the page; if it must succeed, use {@link #mustIdentify}. */
    void identify(int structure, int namespaceId, Consumer<AdminQueue.Outcome> next) {
        attempt(identifyName(structure), entry -> fill(entry, structure, namespaceId), next(next));
    }

    /** Identify into the page. */
    void mustIdentify(int structure, int namespaceId, Consumer<AdminQueue.Outcome> next) {
        run(identifyName(structure), entry -> fill(entry, structure, namespaceId), next(next));
    }

    static String identifyName(int structure) {
        return "Identify CNS %02Xh".formatted(structure);
    }

    private void fill(SubmissionEntry entry, int structure, int namespaceId) {
        entry.opcode(AdminOpcode.IDENTIFY).namespaceId(namespaceId).prp1(pageAddress);
        Identify.structure(entry, structure);
    }

    private Consumer<AdminQueue.Outcome> next(Consumer<AdminQueue.Outcome> next) {
        return outcome -> {
            memory.read(pageAddress, page, 0, page.byteSize());
            next.accept(outcome);
        };
    }

    static String setFeaturesName(int feature) {
        return "Set Features (" + FeatureId.name(feature) + ")";
    }

    static void setFeature(SubmissionEntry entry, int feature, int value) {
        entry.opcode(AdminOpcode.SET_FEATURES);
        SetFeatures.featureId(entry, feature);
        SetFeatures.value(entry, value);
    }

    /** One command on its way. */
    private final class Pending {
        private final String name;
        private final Consumer<AdminQueue.Outcome> next;
        private final Consumer<String> overdue;
        private Cancellable timer = Cancellable.alreadyCancelled();
        private int tag;
        private boolean done;

        Pending(String name, Consumer<AdminQueue.Outcome> next, Consumer<String> overdue) {
            this.name = name;
            this.next = next;
            this.overdue = overdue;
        }

        void watch(int takenTag) {
            tag = takenTag;
            StatusPoll.Look look = new StatusPoll.Look(this::onTimeout);
            timer = context.scheduleOnce(timeout, context.getSelf(), look);
        }

        void completed(AdminQueue.Outcome outcome) {
            if (!done) {
                forget();
                next.accept(outcome);
            }
        }

        void forget() {
            timer.cancel();
            done = true;
            pending[tag] = null;
        }

        /** As Linux does, looks first whether only the interrupt is missing. */
        private void onTimeout() {
            if (done) {
                return;
            }
            int commandId = queue.commandId(tag);
            if (watcher != null) {
                watcher.timedOut(0, commandId);
            }
            if (pollsFirst) {
                queue.consumeAll();
            }
            if (done) {
                if (watcher != null) {
                    watcher.completionPolled(0, commandId);
                }
                return;
            }
            forget();
            overdue.accept("%s did not complete in %,d ms".formatted(name, timeout.toMillis()));
        }
    }
}
