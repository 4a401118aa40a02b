package io.doorbell.vfiouser.posix;

import java.io.IOException;

/** A call that the operating system refused. */
public final class PosixException extends IOException {
    private static final long serialVersionUID = 1;

    private final int errno;

    /**
     * @param call such as "bind"
     * @param errno why
     */
    public PosixException(String call, int errno) {
        super("%s: %s (errno %d)".formatted(call, Posix.message(errno), errno));
        this.errno = errno;
    }

    /** One of {@link Errno}, or another of the system's. */
    public int errno() {
        return errno;
    }
}
