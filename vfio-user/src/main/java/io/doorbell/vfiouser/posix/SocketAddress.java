package io.doorbell.vfiouser.posix;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A path as the socket calls want it: struct sockaddr_un. */
final class SocketAddress {
    private static final int PATH_OFFSET = 2;
    private static final int SIZE_BYTES = 110;

    /** Bytes that a path may have. */
    static final int PATH_BYTES_MAX = SIZE_BYTES - PATH_OFFSET - 1;

    private SocketAddress() {}

    static MemorySegment of(Path path, Arena arena) throws PosixException {
        byte[] name = path.toString().getBytes(StandardCharsets.UTF_8);
        if (name.length > PATH_BYTES_MAX) {
            throw new PosixException(
                    "socket path of %d bytes, %d at most".formatted(name.length, PATH_BYTES_MAX),
                    Errno.ENAMETOOLONG);
        }
        MemorySegment address = arena.allocate(SIZE_BYTES, Short.BYTES);
        address.set(JAVA_SHORT, 0, (short) Posix.AF_UNIX);
        MemorySegment.copy(name, 0, address, JAVA_BYTE, PATH_OFFSET, name.length);
        return address;
    }
}
