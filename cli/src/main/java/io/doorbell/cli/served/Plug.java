package io.doorbell.cli.served;

import io.doorbell.bus.pci.PciAccess;
import io.doorbell.bus.pci.PciAccess.BarRead;
import io.doorbell.bus.pci.PciAccess.BarWrite;
import io.doorbell.bus.pci.PciAccess.BarWritePair;
import io.doorbell.bus.pci.PciAccess.ConfigRead;
import io.doorbell.bus.pci.PciAccess.ConfigWrite;
import io.doorbell.bus.pci.PciAccess.FunctionReset;
import io.doorbell.bus.pci.PciAccess.ReadCompletion;
import io.doorbell.simulation.fault.Later;
import io.doorbell.spec.pci.ConfigurationHeader;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Pulls a served function out, and puts it back. While it is out, loads read all ones, stores go
 * nowhere, nothing interrupts, and no memory is touched: a load is answered only when the function
 * has lost the bus for certain. Back in its slot it has lost what it was doing: CSTS.CFS is 1.
 *
 * <p>Threads: any.
 */
final class Plug {
    /** Marks our own accesses, which pass. */
    private static final long OUR_TAG = Long.MIN_VALUE;

    private static final int COMMAND_WIDTH_BYTES = 2;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final ActorRef<PciAccess> lane;
    private final ActorSystem<?> system;
    private final Later later;
    private volatile @Nullable CompletableFuture<Long> out; // its command register, when dead

    Plug(ActorRef<PciAccess> lane, ActorSystem<?> system, Later later) {
        this.lane = lane;
        this.system = system;
        this.later = later;
    }

    boolean isOut() {
        return out != null;
    }

    /**
     * Out it goes.
     *
     * @param backNanos when it is back; 0: never
     */
    synchronized void pull(long backNanos) {
        if (out != null) {
            return;
        }
        CompletableFuture<Long> dead =
                ask(reply -> new ConfigRead(command(), COMMAND_WIDTH_BYTES, OUR_TAG, reply))
                        .thenCompose(
                                command -> write(0).thenApply(_ -> command)); // no DMA, no BARs
        out = dead;
        if (backNanos > 0) {
            later.after(backNanos, () -> putBack(dead));
        }
    }

    private void putBack(CompletableFuture<Long> dead) {
        CompletableFuture<Void> _ =
                dead.thenCompose(command -> write(command.intValue())).thenRun(() -> out = null);
    }

    private CompletableFuture<Long> write(int value) {
        return ask(reply -> new ConfigWrite(command(), COMMAND_WIDTH_BYTES, value, OUR_TAG, reply));
    }

    private static int command() {
        return ConfigurationHeader.COMMAND_OFFSET_BYTES;
    }

    private CompletableFuture<Long> ask(
            org.apache.pekko.japi.function.Function<ActorRef<ReadCompletion>, PciAccess> access) {
        return AskPattern.<PciAccess, ReadCompletion>ask(lane, access, LIMIT, system.scheduler())
                .thenApply(ReadCompletion::value)
                .toCompletableFuture();
    }

    /** Whether an access finds nobody; if so it is answered here. */
    boolean takes(PciAccess access) {
        CompletableFuture<Long> dead = out;
        if (dead == null) {
            return false;
        }
        switch (access) {
            case BarWrite _, BarWritePair _ -> {}
            case BarRead(_, _, int width, long tag, var replyTo) ->
                    answer(dead, replyTo, tag, allOnes(width));
            case ConfigRead(_, int width, long tag, var replyTo) -> {
                if (tag == OUR_TAG) {
                    return false;
                }
                answer(dead, replyTo, tag, allOnes(width));
            }
            case ConfigWrite(_, _, _, long tag, var replyTo) -> {
                if (tag == OUR_TAG) {
                    return false;
                }
                answer(dead, replyTo, tag, 0);
            }
            case FunctionReset(long tag, var replyTo) -> answer(dead, replyTo, tag, 0);
        }
        return true;
    }

    private static void answer(
            CompletableFuture<Long> dead, ActorRef<ReadCompletion> replyTo, long tag, long value) {
        CompletableFuture<Long> _ =
                dead.whenComplete((_, _) -> replyTo.tell(new ReadCompletion(tag, value)));
    }

    private static long allOnes(int widthBytes) {
        return -1L >>> (Long.SIZE - widthBytes * Byte.SIZE);
    }
}
