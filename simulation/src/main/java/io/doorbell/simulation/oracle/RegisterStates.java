package io.doorbell.simulation.oracle;

import io.doorbell.simulation.observe.RegisterState;
import io.doorbell.spec.ControllerConfiguration;
import io.doorbell.spec.ControllerStatus;
import io.doorbell.spec.Registers;

/** I17: registers say what the controller is. */
final class RegisterStates extends Oracle {
    private static final long GONE = 0xFFFF_FFFFL;
    private static final long ATTRIBUTES_MASK = 0x0FFF_0FFF;

    RegisterStates(Oracle.Post post) {
        super(
                post,
                "I17",
                "CSTS follows CC: ready only when enabled, not ready again only by a reset, fatal until a reset, shut down only when asked; AQA, ASQ and ACQ keep what the host wrote.",
                "Base 2.0 §3.1.3.5, §3.1.3.6, §3.7.2");
    }

    @Override
    public void registerRead(long offsetBytes, int widthBytes, long value) {
        RegisterState registers = model().registers();
        switch ((int) offsetBytes) {
            case Registers.CSTS -> status((int) value, registers);
            case Registers.CC -> {
                boolean enabled = ControllerConfiguration.enabled((int) value);
                boolean known = model().isRunning() || model().isIdle();
                if (known && value != GONE && enabled != registers.isEnabled()) {
                    broken("CC.EN = " + (enabled ? 0 : 1), "CC = %Xh".formatted(value));
                }
            }
            case Registers.AQA ->
                    same(
                            "AQA",
                            value & ATTRIBUTES_MASK,
                            registers.queueAttributes() & ATTRIBUTES_MASK);
            case Registers.ASQ -> same("ASQ", value, part(registers.submissionBase(), widthBytes));
            case Registers.ACQ -> same("ACQ", value, part(registers.completionBase(), widthBytes));
            default -> {} // not ours to know
        }
    }

    private static long part(long register, int widthBytes) {
        return widthBytes == Long.BYTES ? register : register & 0xFFFF_FFFFL;
    }

    private void same(String name, long value, long expected) {
        if (value != expected && value != GONE && !model().registers().isDisturbed()) {
            broken("%s = %Xh".formatted(name, expected), "%s = %Xh".formatted(name, value));
        }
    }

    private void status(int status, RegisterState registers) {
        if (ControllerStatus.isDeviceGone(status)) {
            return;
        }
        String seen = "CSTS = %Xh".formatted(status);
        boolean ready = ControllerStatus.ready(status);
        if (ready && model().isIdle()) {
            broken("CSTS.RDY = 0 while CC.EN is 0", seen);
        } else if (!ready
                && registers.readySeen()
                && model().isServing()
                && !ControllerStatus.fatal(status)) {
            broken("CSTS.RDY = 1 until a reset", seen);
        } else if (registers.fatalSeen()
                && model().isRunning()
                && !ControllerStatus.fatal(status)) {
            broken("CSTS.CFS = 1 until a reset", seen);
        } else if (ControllerStatus.shutdownStatus(status)
                        != ControllerStatus.SHUTDOWN_NORMAL_OPERATION
                && !registers.shutdownAsked()
                && model().isRunning()) {
            broken("CSTS.SHST = 0: no shutdown was asked for", seen);
        }
    }
}
