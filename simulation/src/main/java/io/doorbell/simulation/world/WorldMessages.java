package io.doorbell.simulation.world;

import com.typesafe.config.Config;

import org.apache.pekko.actor.ActorCell;
import org.apache.pekko.dispatch.Dispatcher;
import org.apache.pekko.dispatch.DispatcherPrerequisites;
import org.apache.pekko.dispatch.Envelope;
import org.apache.pekko.dispatch.MessageDispatcher;
import org.apache.pekko.dispatch.MessageDispatcherConfigurator;
import org.apache.pekko.dispatch.sysmsg.Failed;
import org.apache.pekko.dispatch.sysmsg.SystemMessage;

import scala.concurrent.duration.Duration;
import scala.concurrent.duration.FiniteDuration;

import java.util.concurrent.TimeUnit;

/** What Pekko makes from {@code type = ...}: every message passes the filter of the world. */
final class WorldMessages extends MessageDispatcherConfigurator {
    private static final FiniteDuration AT_ONCE = FiniteDuration.apply(0, TimeUnit.MILLISECONDS);

    private final MessageDispatcher dispatcher;

    /** Called by Pekko, with exactly these parameters. */
    WorldMessages(Config config, DispatcherPrerequisites prerequisites) {
        super(config, prerequisites);
        World world = ((WorldScheduler) prerequisites.scheduler()).world();
        dispatcher = new Filtered(this, config.getString("id"), world);
    }

    @Override
    public MessageDispatcher dispatcher() {
        return dispatcher;
    }

    private static final class Filtered extends Dispatcher {
        private final World world;

        Filtered(WorldMessages configurator, String id, World world) {
            super(configurator, id, 1, Duration.Zero(), configurator.configureExecutor(), AT_ONCE);
            this.world = world;
        }

        @Override
        public void dispatch(ActorCell receiver, Envelope envelope) {
            MessageFilter filter = world.filter();
            if (filter.equals(MessageFilter.NONE)) {
                super.dispatch(receiver, envelope);
            } else {
                filter.sent(
                        world.ready().path(receiver.mailbox()),
                        envelope.message(),
                        new Arrival(receiver, envelope));
            }
        }

        /** Whoever fails says so to its parent. */
        @Override
        public void systemDispatch(ActorCell receiver, SystemMessage message) {
            if (message instanceof Failed failed) {
                world.actorFailed(failed.child().path().toStringWithoutAddress(), failed.cause());
            }
            super.systemDispatch(receiver, message);
        }

        private void arrive(ActorCell receiver, Envelope envelope) {
            super.dispatch(receiver, envelope);
        }

        /** A message on its way to a mailbox. */
        private final class Arrival implements MessageFilter.Delivery {
            private final ActorCell receiver;
            private final Envelope envelope;

            Arrival(ActorCell receiver, Envelope envelope) {
                this.receiver = receiver;
                this.envelope = envelope;
            }

            @Override
            public void arrive() {
                Filtered.this.arrive(receiver, envelope);
            }

            @Override
            public void arriveAs(Object other) {
                Filtered.this.arrive(receiver, Envelope.apply(other, envelope.sender()));
            }
        }
    }
}
