package io.doorbell.controller.admin;

import io.doorbell.controller.namespace.NamespaceExecutor;
import io.doorbell.spec.Status;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;

/** What some admin commands wait for: I/O commands that run, and work that may wait for a disk. */
final class Background {
    /**
     * @param left answers to wait for
     * @param then gets the status
     */
    private record Step(int left, IntConsumer then) {}

    private final ActorContext<AdminExecutor.Command> context;
    private final List<ActorRef<NamespaceExecutor.Command>> executors;
    private final DispatcherSelector blocking;
    private final Map<Long, Step> steps = new TreeMap<>();
    private long nextId;

    Background(
            ActorContext<AdminExecutor.Command> context,
            List<ActorRef<NamespaceExecutor.Command>> executors,
            DispatcherSelector blocking) {
        this.context = context;
        this.executors = executors;
        this.blocking = blocking;
    }

    /** Goes on when every I/O command that was fetched before has been executed. */
    void afterIo(Runnable then) {
        long id = begin(executors.size(), _ -> then.run());
        ActorRef<NamespaceExecutor.FencePassed> passed =
                context.messageAdapter(
                        NamespaceExecutor.FencePassed.class,
                        fence -> new AdminExecutor.StepDone(fence.id(), Status.SUCCESS));
        executors.forEach(executor -> NamespaceExecutor.fence(executor, id, passed));
    }

    /** Runs work where it may block, then goes on with the status it returned. */
    void run(IntSupplier work, IntConsumer then) {
        long id = begin(1, then);
        ActorRef<AdminExecutor.Command> self = context.getSelf();
        context.watch(
                context.spawnAnonymous(
                        Behaviors.setup(
                                _ -> {
                                    self.tell(new AdminExecutor.StepDone(id, work.getAsInt()));
                                    return Behaviors.stopped();
                                }),
                        blocking));
    }

    private long begin(int answers, IntConsumer then) {
        long id = nextId++;
        steps.put(id, new Step(answers, then));
        return id;
    }

    void onDone(AdminExecutor.StepDone done) {
        Step step = steps.remove(done.id());
        if (step == null) {
            throw new IllegalStateException("Step %d was done twice.".formatted(done.id()));
        }
        if (step.left() > 1) {
            steps.put(done.id(), new Step(step.left() - 1, step.then()));
        } else {
            step.then().accept(done.status());
        }
    }
}
