package io.doorbell.simulation.oracle;

import io.doorbell.spec.ControllerCapabilities;
import io.doorbell.spec.ControllerStatus;
import io.doorbell.spec.Registers;

/** I18: enabling and resetting end. */
final class BoundedTransitions extends Oracle {
    private final long limitNanos;
    private long sinceNanos; // CC.EN changed
    private boolean ending;

    BoundedTransitions(Oracle.Post post) {
        super(
                post,
                "I18",
                "A controller becomes ready, or ceases to be, within CAP.TO.",
                "Base 2.0 §3.1.3.1, §3.5.1");
        this.limitNanos = ControllerCapabilities.timeoutNanos(model().facts().capabilities());
    }

    @Override
    public void epochBegan() {
        sinceNanos = model().nanos();
    }

    @Override
    public void epochEnded() {
        sinceNanos = model().nanos();
        ending = true;
    }

    @Override
    public void becameIdle() {
        ending = false;
    }

    @Override
    public void registerRead(long offsetBytes, int widthBytes, long value) {
        int status = (int) value;
        if (offsetBytes != Registers.CSTS
                || ControllerStatus.isDeviceGone(status)
                || model().nanos() - sinceNanos <= limitNanos) {
            return;
        }
        boolean ready = ControllerStatus.ready(status);
        boolean enabling = model().isServing() && !model().registers().readySeen();
        if (enabling && !ready && !ControllerStatus.fatal(status)) {
            broken(
                    "CSTS.RDY = 1 after %,d ns".formatted(limitNanos),
                    "CSTS = %Xh".formatted(value));
        } else if (ending && ready && !model().isRunning()) {
            broken(
                    "CSTS.RDY = 0 after %,d ns".formatted(limitNanos),
                    "CSTS = %Xh".formatted(value));
        }
    }
}
