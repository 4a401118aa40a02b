package io.doorbell.vfiouser.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * The native calls themselves. A result below zero is {@code -errno}; nothing here owns anything.
 *
 * <p>None of them is linked as critical: a critical call that blocks stops the whole JVM.
 */
// "restricted": calling the operating system is this class's whole purpose; the flag is set.
@SuppressWarnings("restricted")
final class Posix {
    static final int AF_UNIX = 1;
    static final int SOCK_STREAM_CLOEXEC = 0x8_0001;
    static final int SOCK_CLOEXEC = 0x8_0000;
    static final int MSG_NOSIGNAL = 0x4000;
    static final int MSG_CTRUNC = 8;
    static final int MSG_CMSG_CLOEXEC = 0x4000_0000;
    static final int SHUT_RDWR = 2;
    static final int POLLIN = 1;
    static final int POLLRDHUP = 0x2000;
    static final int POLLERR = 8;
    static final int POLLHUP = 0x10;

    private static final int EFD_CLOEXEC_NONBLOCK = 0x8_0800;
    private static final int MFD_CLOEXEC_ALLOW_SEALING = 3;
    private static final int PROT_READ_WRITE = 3;
    private static final int PROT_READ = 1;
    private static final int MAP_SHARED = 1;
    private static final int F_ADD_SEALS = 1033;
    private static final int F_GET_SEALS = 1034;
    private static final int F_SEAL_SHRINK = 2;
    private static final int STAT_BYTES = 256; // struct stat has 144 on x86_64, 128 on aarch64
    private static final int STAT_DEVICE = 0;
    private static final int STAT_INODE = 8;
    private static final int STAT_SIZE = 48;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO =
            STATE.varHandle(StructLayout.PathElement.groupElement("errno"));
    private static final ThreadLocal<MemorySegment> CAPTURED =
            ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(STATE));

    private static final MethodHandle SOCKET =
            handle("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle BIND =
            handle("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle CONNECT =
            handle("connect", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle LISTEN =
            handle("listen", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle ACCEPT4 =
            handle(
                    "accept4",
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, JAVA_INT));
    private static final MethodHandle RECVMSG =
            handle("recvmsg", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle SENDMSG =
            handle("sendmsg", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle SHUTDOWN =
            handle("shutdown", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle CLOSE =
            handle("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle POLL =
            handle("poll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle PPOLL =
            handle("ppoll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS));
    private static final MethodHandle EVENTFD =
            handle("eventfd", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle MEMFD_CREATE =
            handle("memfd_create", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle FTRUNCATE =
            handle("ftruncate", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG));
    private static final MethodHandle READ =
            handle("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    private static final MethodHandle WRITE =
            handle("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    private static final MethodHandle FSTAT =
            handle("fstat", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));
    private static final MethodHandle MMAP =
            handle(
                    "mmap",
                    FunctionDescriptor.of(
                            ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));
    private static final MethodHandle MUNMAP =
            handle("munmap", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG));
    private static final MethodHandle FCNTL =
            LINKER.downcallHandle(
                    LINKER.defaultLookup().findOrThrow("fcntl"),
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT),
                    Linker.Option.captureCallState("errno"),
                    Linker.Option.firstVariadicArg(2));
    private static final MethodHandle STRERROR =
            LINKER.downcallHandle(
                    LINKER.defaultLookup().findOrThrow("strerror"),
                    FunctionDescriptor.of(ADDRESS, JAVA_INT));

    private Posix() {}

    /** What tells one file from another, and how long it is. */
    record FileStatus(long device, long inode, long sizeBytes) {}

    static int socket() {
        try {
            return result((int) SOCKET.invokeExact(state(), AF_UNIX, SOCK_STREAM_CLOEXEC, 0));
        } catch (Throwable error) {
            throw impossible(error);
        }
    }

    static int bind(int descriptor, MemorySegment address) {
        try {
            return result(
                    (int) BIND.invokeExact(state(), descriptor, address, (int) address.byteSize()));
        } catch (Throwable error) {
            throw impossible(error);
        }
    }

    static int connect(int descriptor, MemorySegment address) {
        try {
            return result(
                    (int)
                            CONNECT.invokeExact(
                                    state(), descriptor, address, (int) address.byteSize()));
        } catch (Throwable error) {
            throw impossible(error);
        }
    }

    static int listen(int descriptor, int backlog) {
        try {
            return result((int) LISTEN.invokeExact(state(), descriptor, backlog));
        } catch (Throwable error) {
            throw impossible(error);
        }
    }

    static int accept(int descriptor) {
        try {
            return result(
                    (int)
                            ACCEPT4.invokeExact(
                                    state(),
                                    descriptor,
                                    MemorySegment.NULL,
                                    MemorySegment.NULL,
                                    SOCK_CLOEXEC));
        } catch (Throwable error) {
            throw impossible(error);
        }
    }

    static long recvmsg(int descriptor, MemorySegment header, int flags) {
        try {
            return result((long) RECVMSG.invokeExact(state(), descriptor, header, flags));
        } catch (Throwable error) {
            throw impossible(error);
        }
    }

    static long sendmsg(int descriptor, MemorySegment header, int flags) {
        try {
            return result((long) SENDMSG.invokeExact(state(), descriptor, header, flags));
        } catch (Throwable error) {
            throw impossible(error);
        }
    }

    static int shutdown(int descriptor) {
        try {
            return result((int) SHUTDOWN.invokeExact(state(), descriptor, SHUT_RDWR));
        } catch (Throwable error) {
            throw impossible(error);
        }
    }

    static int close(int descriptor) {
        try {
            return result((int) CLOSE.invokeExact(state(), descriptor));
        } catch (Throwable error) {
            throw impossible(error);
        }
    }

    /** The events of {@code wanted} that hold now; 0 if none. Does not wait. */
    static int poll(int descriptor, int wanted) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment asked = arena.allocate(8, 4);
            asked.set(JAVA_INT, 0, descriptor);
            asked.set(JAVA_SHORT, 4, (short) wanted);
            int result = result((int) POLL.invokeExact(state(), asked, 1L, 0));
            return result <= 0 ? result : asked.get(JAVA_SHORT, 6) & 0xFFFF;
        } catch (Throwable error) {
            throw impossible(error);
        }
    }

    /** Waits; {@code asked} has so many of struct pollfd, and {@code limit} a time or is NULL. */
    static int ppoll(MemorySegment asked, int count, MemorySegment limit) {
        try {
            return result(
                    (int)
                            PPOLL.invokeExact(
                                    state(), asked, (long) count, limit, MemorySegment.NULL));
        } catch (Throwable error) {
            throw impossible(error);
        }
    }

    static int eventfd() {
        try {
            return result((int) EVENTFD.invokeExact(state(), 0, EFD_CLOEXEC_NONBLOCK));
        } catch (Throwable error) {
            throw impossible(error);
        }
    }

    static int memfdCreate(String name) {
        try (Arena arena = Arena.ofConfined()) {
            return result(
                    (int)
                            MEMFD_CREATE.invokeExact(
                                    state(), arena.allocateFrom(name), MFD_CLOEXEC_ALLOW_SEALING));
        } catch (Throwable error) {
            throw impossible(error);
        }
    }

    static int ftruncate(int descriptor, long sizeBytes) {
        try {
            return result((int) FTRUNCATE.invokeExact(state(), descriptor, sizeBytes));
        } catch (Throwable error) {
            throw impossible(error);
        }
    }

    /** Whether the file can never become shorter from now on. */
    static boolean sealAgainstShrinking(int descriptor) {
        try {
            int _ = (int) FCNTL.invokeExact(state(), descriptor, F_ADD_SEALS, F_SEAL_SHRINK);
            int seals = (int) FCNTL.invokeExact(state(), descriptor, F_GET_SEALS, 0);
            return seals != -1 && (seals & F_SEAL_SHRINK) != 0;
        } catch (Throwable error) {
            throw impossible(error);
        }
    }

    static long read(int descriptor, MemorySegment target) {
        try {
            return result((long) READ.invokeExact(state(), descriptor, target, target.byteSize()));
        } catch (Throwable error) {
            throw impossible(error);
        }
    }

    static long write(int descriptor, MemorySegment source) {
        try {
            return result((long) WRITE.invokeExact(state(), descriptor, source, source.byteSize()));
        } catch (Throwable error) {
            throw impossible(error);
        }
    }

    static FileStatus fstat(int descriptor) throws PosixException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment status = arena.allocate(STAT_BYTES, 8);
            checked("fstat", result((int) FSTAT.invokeExact(state(), descriptor, status)));
            return new FileStatus(
                    status.get(JAVA_LONG, STAT_DEVICE),
                    status.get(JAVA_LONG, STAT_INODE),
                    status.get(JAVA_LONG, STAT_SIZE));
        } catch (PosixException refused) {
            throw refused;
        } catch (Throwable error) {
            throw impossible(error);
        }
    }

    /** Maps a file, shared, until {@code arena} is closed; the descriptor may be closed at once. */
    static MemorySegment mmap(int descriptor, long sizeBytes, boolean writable, Arena arena)
            throws PosixException {
        try {
            MemorySegment mapped =
                    (MemorySegment)
                            MMAP.invokeExact(
                                    state(),
                                    MemorySegment.NULL,
                                    sizeBytes,
                                    writable ? PROT_READ_WRITE : PROT_READ,
                                    MAP_SHARED,
                                    descriptor,
                                    0L);
            if (mapped.address() == -1) {
                throw new PosixException("mmap", errno());
            }
            return mapped.reinterpret(sizeBytes, arena, Posix::munmap);
        } catch (PosixException refused) {
            throw refused;
        } catch (Throwable error) {
            throw impossible(error);
        }
    }

    private static void munmap(MemorySegment mapped) {
        try {
            int result = result((int) MUNMAP.invokeExact(state(), mapped, mapped.byteSize()));
            if (result < 0) {
                throw new IllegalStateException("munmap of " + mapped + ": " + message(-result));
            }
        } catch (Throwable error) {
            throw impossible(error);
        }
    }

    static int checked(String call, int result) throws PosixException {
        if (result < 0) {
            throw new PosixException(call, -result);
        }
        return result;
    }

    /** What an error number means, in the words of the system. */
    static String message(int errno) {
        try {
            MemorySegment text = (MemorySegment) STRERROR.invokeExact(errno);
            return text.reinterpret(Long.MAX_VALUE).getString(0);
        } catch (Throwable error) {
            throw impossible(error);
        }
    }

    private static MemorySegment state() {
        return CAPTURED.get();
    }

    private static int errno() {
        return (int) ERRNO.get(CAPTURED.get(), 0L);
    }

    private static int result(int result) {
        return result == -1 ? -errno() : result;
    }

    private static long result(long result) {
        return result == -1 ? -errno() : result;
    }

    private static MethodHandle handle(String name, FunctionDescriptor descriptor) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup()
                        .find(name)
                        .orElseThrow(
                                () ->
                                        new UnsupportedOperationException(
                                                "This system has no "
                                                        + name
                                                        + ": vfio-user needs Linux.")),
                descriptor,
                Linker.Option.captureCallState("errno"));
    }

    private static RuntimeException impossible(Throwable error) {
        if (error instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (error instanceof Error fatal) {
            throw fatal;
        }
        throw new AssertionError(error);
    }
}
