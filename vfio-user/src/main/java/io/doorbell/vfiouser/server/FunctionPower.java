package io.doorbell.vfiouser.server;

import io.doorbell.bus.pci.InterruptRoutes;
import io.doorbell.bus.pci.PciAccess;
import io.doorbell.bus.pci.PciAccess.ReadCompletion;
import io.doorbell.vfiouser.memory.ClientMemory;
import io.doorbell.vfiouser.pci.FunctionProbe;
import io.doorbell.vfiouser.pci.FunctionShape;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.SpawnProtocol;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.japi.function.Function;
import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * Powers the function of one client on when it is first needed, which is after the client has told
 * of its memory: how that can be reached decides where the function lives.
 *
 * <p>Threads: one.
 */
final class FunctionPower implements AutoCloseable {
    private static final long TAG = -2; // below 0, as accesses that are not the client's
    private static final Duration PROBE_LIMIT = Duration.ofSeconds(4); // QEMU waits for 5

    /** A function under power, and the ways to it. */
    record On(
            FunctionFactory.Powered function,
            FunctionShape shape,
            Receivers receivers,
            FunctionAccess access,
            Interrupts interrupts)
            implements AutoCloseable {
        /** On return the function touches neither memory nor interrupts. */
        @Override
        public void close() {
            interrupts.close();
            receivers.close();
            function.close();
        }
    }

    private final FunctionFactory factory;
    private final ClientMemory memory;
    private final ActorSystem<SpawnProtocol.Command> system;
    private @Nullable On on;

    FunctionPower(
            FunctionFactory factory,
            ClientMemory memory,
            ActorSystem<SpawnProtocol.Command> system) {
        this.factory = factory;
        this.memory = memory;
        this.system = system;
    }

    /** The function if it is on. */
    @Nullable On current() {
        return on;
    }

    /** The function, powered on by the first call. */
    On on() {
        if (on == null) {
            on = powerOn();
        }
        return on;
    }

    private On powerOn() {
        InterruptRoutes routes = new InterruptRoutes();
        FunctionFactory.Powered function =
                factory.powerOn(memory, routes, !memory.isReachedDirectly());
        ActorRef<? super PciAccess> lane = function.port().lane(0);
        FunctionShape shape = FunctionProbe.probe(new Asking(lane, system));
        Receivers receivers = new Receivers(system);
        FunctionAccess access = new FunctionAccess(lane, receivers.completions());
        Interrupts interrupts =
                new Interrupts(shape.msix(), function, access, routes, receivers.interrupts());
        receivers.connect(access::completed, interrupts::receive);
        return new On(function, shape, receivers, access, interrupts);
    }

    @Override
    public void close() {
        if (on != null) {
            on.close();
        }
    }

    /** Configuration accesses that wait, before the client can send any. */
    private record Asking(ActorRef<? super PciAccess> lane, ActorSystem<?> system)
            implements FunctionProbe.Configuration {
        @Override
        public long read(int offsetBytes, int widthBytes) {
            return ask(replyTo -> new PciAccess.ConfigRead(offsetBytes, widthBytes, TAG, replyTo));
        }

        @Override
        public void write(int offsetBytes, int widthBytes, int value) {
            long _ =
                    ask(
                            replyTo ->
                                    new PciAccess.ConfigWrite(
                                            offsetBytes, widthBytes, value, TAG, replyTo));
        }

        private long ask(Function<ActorRef<ReadCompletion>, PciAccess> access) {
            return AskPattern.<PciAccess, ReadCompletion>ask(
                            lane.narrow(), access, PROBE_LIMIT, system.scheduler())
                    .toCompletableFuture()
                    .join()
                    .value();
        }
    }
}
