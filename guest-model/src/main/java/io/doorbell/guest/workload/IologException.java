package io.doorbell.guest.workload;

/** An iolog that cannot be replayed. The message starts with file and line, "linux.iolog:17: ". */
public final class IologException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int line;

    IologException(String name, int line, String what) {
        super(name + ":" + line + ": " + what);
        this.line = line;
    }

    /** The offending line, from 1. */
    public int line() {
        return line;
    }
}
