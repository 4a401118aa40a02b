package io.doorbell.cli.machine;

import io.doorbell.bus.pci.PciAccess;
import io.doorbell.controller.queue.ShardCounters;
import io.doorbell.reactor.EventSource;
import io.doorbell.reactor.Reactors;
import io.doorbell.spec.Doorbells;
import io.doorbell.vfiouser.client.DeviceGoneException;
import io.doorbell.vfiouser.client.VfioUserFunction;

import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Accesses to a function in another process, one after the other, and the interrupts it sends
 * meanwhile. When it has gone loads give all ones, as on a bus where nobody answers.
 *
 * <p>Threads: its reactor's, but for {@link #wake} and {@link #awaitRelease}.
 */
final class FunctionTraffic implements EventSource {
    private final VfioUserFunction function;
    private final int doorbellStride;
    private final ShardCounters counters = new ShardCounters();
    private final CountDownLatch released = new CountDownLatch(1);
    private Consumer<String> lost = _ -> {};
    private volatile boolean attached;
    private boolean gone;

    /**
     * @param doorbellStride CAP.DSTRD
     */
    FunctionTraffic(VfioUserFunction function, int doorbellStride) {
        this.function = function;
        this.doorbellStride = doorbellStride;
    }

    /**
     * Begins to look at the function.
     *
     * @param whenLost told why it has gone
     */
    void attach(Reactors reactors, int reactor, Consumer<String> whenLost) {
        lost = whenLost;
        attached = true;
        reactors.attach(reactor, this);
    }

    /** A load; its value. */
    long read(PciAccess.BarRead read) {
        return load(
                read.widthBytes(),
                () -> function.readBar(read.bar(), read.offsetBytes(), read.widthBytes()));
    }

    /** The same in configuration space. */
    long readConfig(int offsetBytes, int widthBytes) {
        return load(widthBytes, () -> function.readConfig(offsetBytes, widthBytes));
    }

    private long load(int widthBytes, LongSupplier access) {
        if (!gone) {
            try {
                return access.getAsLong();
            } catch (DeviceGoneException why) {
                lose(why);
            }
        }
        return -1L >>> (Long.SIZE - Byte.SIZE * widthBytes);
    }

    void write(PciAccess.BarWrite write) {
        count(write);
        run(
                () ->
                        function.writeBar(
                                write.bar(),
                                write.offsetBytes(),
                                write.widthBytes(),
                                write.value()));
    }

    void writeConfig(int offsetBytes, int widthBytes, int value) {
        run(() -> function.writeConfig(offsetBytes, widthBytes, value));
    }

    void reset() {
        run(function::reset);
    }

    private void run(Runnable access) {
        if (gone) {
            return;
        }
        try {
            access.run();
        } catch (DeviceGoneException why) {
            lose(why);
        }
    }

    private void lose(DeviceGoneException why) {
        gone = true;
        lost.accept(String.valueOf(why.getMessage()));
    }

    private void count(PciAccess.BarWrite write) {
        int doorbell = write.bar() == 0 ? Doorbells.index(write.offsetBytes(), doorbellStride) : -1;
        if (doorbell < 0 || Doorbells.queueId(doorbell) == 0) {
            return;
        }
        if (Doorbells.isCompletionHead(doorbell)) {
            counters.completionRings++;
        } else {
            counters.submissionRings++;
        }
    }

    void countInterrupt() {
        counters.interruptsNotCoalesced++; // or coalesced: only the device knows
    }

    /** Rings of I/O queues, and interrupts. */
    ShardCounters counters() {
        return counters.copy();
    }

    @Override
    public boolean take() {
        run(function::takeMessages);
        return !gone;
    }

    @Override
    public boolean await(long nanos) {
        return function.awaitMessage(nanos);
    }

    @Override
    public void wake() {
        function.wake();
    }

    @Override
    public void released() {
        released.countDown();
    }

    /** Waits until no reactor looks at it any more. */
    void awaitRelease() {
        boolean interrupted = false;
        while (attached) {
            try {
                released.await();
                break;
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
