package io.doorbell.controller;

import io.doorbell.spec.ControllerConfiguration;
import io.doorbell.spec.ControllerStatus;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/** CC.SHN: flush, then say so in CSTS.SHST; the answer stays until a reset (Base §3.6.1). */
final class Shutdown {
    private final ActorContext<?> context;
    private final Controller.Parts parts;
    private final ControllerRegisters registers;
    private final ActorRef<CacheFlush.Done> flushed;
    private long number; // tells the flush of one shutdown from that of another

    Shutdown(
            ActorContext<?> context,
            Controller.Parts parts,
            ControllerRegisters registers,
            ActorRef<CacheFlush.Done> flushed) {
        this.context = context;
        this.parts = parts;
        this.registers = registers;
        this.flushed = flushed;
    }

    boolean isAsked() {
        return ControllerConfiguration.shutdownNotification(registers.configuration())
                != ControllerConfiguration.SHUTDOWN_NONE;
    }

    /** CC was written: begins a shutdown that is asked for and has not begun. */
    void onConfigurationWritten() {
        if (isAsked() && registers.shutdownStatus() == ControllerStatus.SHUTDOWN_NORMAL_OPERATION) {
            begin();
        }
    }

    void begin() {
        registers.setShutdownStatus(ControllerStatus.SHUTDOWN_IN_PROGRESS);
        number++;
        context.spawnAnonymous(
                CacheFlush.create(parts.namespaces(), number, flushed), parts.blocking());
        context.getLog().debug("Shutdown {} asked for", number);
    }

    void onFlushed(long shutdown) {
        if (shutdown == number
                && registers.shutdownStatus() == ControllerStatus.SHUTDOWN_IN_PROGRESS) {
            registers.setShutdownStatus(ControllerStatus.SHUTDOWN_COMPLETE);
        }
    }
}
