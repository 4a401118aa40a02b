package io.doorbell.simulation.timeline;

import java.util.Locale;

/** One thing that happened between host and device, or inside the simulation. */
public sealed interface Happening {
    /** Whose doing it is. */
    Who who();

    /** In a few words. */
    String text();

    /** Who does things. */
    enum Who {
        HOST,
        WIRE,
        DEVICE,
        /** The simulation: a choice, or a fault. */
        WORLD;

        /** As it is shown. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The host stored into a submission queue's tail doorbell: commands up to it are ready. */
    record TailRung(int queue, int tail, int before, int commands) implements Happening {
        @Override
        public Who who() {
            return Who.HOST;
        }

        @Override
        public String text() {
            return "rings sq-%d-tail = %d, was %d: %d command%s"
                    .formatted(queue, tail, before, commands, commands == 1 ? "" : "s");
        }
    }

    /** The host stored into a completion queue's head doorbell: it has consumed up to it. */
    record HeadRung(int queue, int head, int before, int entries) implements Happening {
        @Override
        public Who who() {
            return Who.HOST;
        }

        @Override
        public String text() {
            return "rings cq-%d-head = %d, was %d: %d consumed"
                    .formatted(queue, head, before, entries);
        }
    }

    /** The host stored into another register. */
    record Stored(String register, long value) implements Happening {
        @Override
        public Who who() {
            return Who.HOST;
        }

        @Override
        public String text() {
            return "stores %s = %Xh".formatted(register, value);
        }
    }

    /** A register store has reached the device. */
    record Arrived(String register, long value, boolean doorbell) implements Happening {
        @Override
        public Who who() {
            return Who.WIRE;
        }

        @Override
        public String text() {
            return (doorbell ? "%s = %d arrives" : "%s = %Xh arrives").formatted(register, value);
        }
    }

    /** The answer to a register load has reached the host. */
    record Loaded(String register, long value) implements Happening {
        @Override
        public Who who() {
            return Who.HOST;
        }

        @Override
        public String text() {
            return "loads %s: %Xh".formatted(register, value);
        }
    }

    /** The host stored into configuration space. */
    record ConfigWritten(int offsetBytes, long value) implements Happening {
        @Override
        public Who who() {
            return Who.HOST;
        }

        @Override
        public String text() {
            return "stores config %Xh = %Xh".formatted(offsetBytes, value);
        }
    }

    /** A conventional reset of the function is over. */
    record FunctionReset() implements Happening {
        @Override
        public Who who() {
            return Who.HOST;
        }

        @Override
        public String text() {
            return "has reset the function";
        }
    }

    /** The device has fetched a command. */
    record Fetched(int queue, int slot, int commandId, String command, String detail)
            implements Happening {
        @Override
        public Who who() {
            return Who.DEVICE;
        }

        @Override
        public String text() {
            return "fetches sq %d slot %d: CID %04Xh %s%s"
                    .formatted(queue, slot, commandId, command, detail);
        }
    }

    /** The device has moved data of a command. */
    record DataMoved(int queue, int commandId, long address, long sizeBytes, boolean toHost)
            implements Happening {
        @Override
        public Who who() {
            return Who.DEVICE;
        }

        @Override
        public String text() {
            return "%s %,d bytes at %Xh for CID %04Xh of sq %d"
                    .formatted(toHost ? "writes" : "reads", sizeBytes, address, commandId, queue);
        }
    }

    /**
     * The device has posted a completion entry.
     *
     * @param vector of its queue; -1 if it does not interrupt
     */
    record Posted(
            int queue,
            int slot,
            int phase,
            int submissionQueue,
            int commandId,
            int status,
            String statusName,
            int sqHead,
            int vector)
            implements Happening {
        @Override
        public Who who() {
            return Who.DEVICE;
        }

        @Override
        public String text() {
            return "posts cq %d slot %d phase %d: CID %04Xh of sq %d, head %d, %s"
                    .formatted(queue, slot, phase, commandId, submissionQueue, sqHead, statusName);
        }
    }

    /** A posted entry can be seen by the host. */
    record Seen(int queue, int slot) implements Happening {
        @Override
        public Who who() {
            return Who.WIRE;
        }

        @Override
        public String text() {
            return "cq %d slot %d can be seen".formatted(queue, slot);
        }
    }

    /** The device has sent an interrupt message. */
    record InterruptSent(int vector) implements Happening {
        @Override
        public Who who() {
            return Who.DEVICE;
        }

        @Override
        public String text() {
            return "sends interrupt " + vector;
        }
    }

    /** An interrupt message has reached the host. */
    record InterruptDelivered(int vector) implements Happening {
        @Override
        public Who who() {
            return Who.HOST;
        }

        @Override
        public String text() {
            return "is interrupted by vector " + vector;
        }
    }

    /** The interrupt pin changed. */
    record Pin(boolean asserted) implements Happening {
        @Override
        public Who who() {
            return Who.WIRE;
        }

        @Override
        public String text() {
            return "pin " + (asserted ? "asserted" : "released");
        }
    }

    /** An actor of the device failed. */
    record ActorFailed(String path, String cause) implements Happening {
        @Override
        public Who who() {
            return Who.DEVICE;
        }

        @Override
        public String text() {
            return "actor " + path + " failed: " + cause;
        }
    }

    /** A fault struck. */
    record Fault(String description) implements Happening {
        @Override
        public Who who() {
            return Who.WORLD;
        }

        @Override
        public String text() {
            return "FAULT: " + description;
        }
    }

    /** The run left the ordinary course. */
    record Chose(String site, long occurrence, int value) implements Happening {
        @Override
        public Who who() {
            return Who.WORLD;
        }

        @Override
        public String text() {
            return "chooses %d at %s, time %d".formatted(value, site, occurrence);
        }
    }
}
