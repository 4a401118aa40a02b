package io.doorbell.reactor;

import com.typesafe.config.Config;

import org.apache.pekko.actor.ActorCell;
import org.apache.pekko.dispatch.Dispatcher;
import org.apache.pekko.dispatch.DispatcherPrerequisites;
import org.apache.pekko.dispatch.Envelope;
import org.apache.pekko.dispatch.ExecutorServiceFactoryProvider;
import org.apache.pekko.dispatch.MessageDispatcher;
import org.apache.pekko.dispatch.MessageDispatcherConfigurator;
import org.jspecify.annotations.Nullable;

import scala.concurrent.duration.Duration;
import scala.concurrent.duration.FiniteDuration;

import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Pekko's dispatcher, counting messages, on a reactor or (for blocking work) on a thread pool. */
final class ReactorDispatcher extends Dispatcher {
    private final Reactors reactors;
    private final @Nullable Reactor reactor;

    private ReactorDispatcher(
            Configurator configurator,
            Reactors reactors,
            @Nullable Reactor reactor,
            ExecutorServiceFactoryProvider executors) {
        super(
                configurator,
                configurator.config().getString("id"),
                configurator.config().getInt("throughput"),
                Duration.Zero(), // no deadline: it would read the clock for every message
                executors,
                shutdownTimeout(configurator.config()));
        this.reactors = reactors;
        this.reactor = reactor;
    }

    private static FiniteDuration shutdownTimeout(Config config) {
        long nanos = config.getDuration("shutdown-timeout", TimeUnit.NANOSECONDS);
        return Duration.fromNanos(nanos);
    }

    @Override
    public void dispatch(ActorCell receiver, Envelope invocation) {
        reactors.countMessage();
        MessageFilter filter = reactors.filter();
        if (filter == null) {
            super.dispatch(receiver, invocation);
        } else {
            filter.sent(
                    receiver.self().path(),
                    invocation.message(),
                    new Arrival(receiver, invocation));
        }
    }

    private void arrive(ActorCell receiver, Envelope invocation) {
        super.dispatch(receiver, invocation);
    }

    /** A message on its way to a mailbox. */
    private final class Arrival implements MessageFilter.Delivery {
        private final ActorCell receiver;
        private final Envelope invocation;

        Arrival(ActorCell receiver, Envelope invocation) {
            this.receiver = receiver;
            this.invocation = invocation;
        }

        @Override
        public void arrive() {
            ReactorDispatcher.this.arrive(receiver, invocation);
        }

        @Override
        public void arriveAs(Object other) {
            ReactorDispatcher.this.arrive(receiver, Envelope.apply(other, invocation.sender()));
        }
    }

    boolean runsOn(Reactor candidate) {
        return reactor == candidate;
    }

    @Nullable Reactor reactor() {
        return reactor;
    }

    /** What Pekko makes from {@code type = ...} in a dispatcher's configuration. */
    abstract static class Configurator extends MessageDispatcherConfigurator {
        private final ReactorDispatcher dispatcher;

        Configurator(
                Config config,
                DispatcherPrerequisites prerequisites,
                Function<Configurator, ReactorDispatcher> dispatcher) {
            super(config, prerequisites);
            this.dispatcher = dispatcher.apply(this);
        }

        Reactors reactors() {
            return ReactorScheduler.from(prerequisites().scheduler()).reactors();
        }

        @Override
        public MessageDispatcher dispatcher() {
            return dispatcher;
        }
    }

    /** On the reactor whose index is at {@link Reactors#REACTOR_KEY}. */
    static final class OnReactor extends Configurator {
        OnReactor(Config config, DispatcherPrerequisites prerequisites) {
            super(config, prerequisites, OnReactor::create);
        }

        private static ReactorDispatcher create(Configurator configurator) {
            int index = configurator.config().getInt(Reactors.REACTOR_KEY);
            Reactor reactor = configurator.reactors().reactor(index);
            return new ReactorDispatcher(
                    configurator,
                    configurator.reactors(),
                    reactor,
                    (_, _) -> () -> new ReactorExecutor(reactor));
        }
    }

    /** On Pekko's executor of the configuration. A type of its own, for keys are inherited. */
    static final class OnPool extends Configurator {
        OnPool(Config config, DispatcherPrerequisites prerequisites) {
            super(config, prerequisites, OnPool::create);
        }

        private static ReactorDispatcher create(Configurator configurator) {
            return new ReactorDispatcher(
                    configurator, configurator.reactors(), null, configurator.configureExecutor());
        }
    }
}
