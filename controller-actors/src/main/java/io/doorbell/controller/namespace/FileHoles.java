package io.doorbell.controller.namespace;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/**
 * Gives parts of a file back to its file system: they read as zeros and cost nothing. Java has no
 * call for it, Linux has {@code fallocate}.
 */
// "restricted": calling the operating system is this class's whole purpose; the flag is set.
@SuppressWarnings("restricted")
final class FileHoles implements AutoCloseable {
    private static final int O_RDWR = 2;
    private static final int O_CLOEXEC = 0x8_0000;
    private static final int SEEK_DATA = 3;
    private static final int SEEK_HOLE = 4;
    private static final int KEEP_SIZE_AND_PUNCH_HOLE = 3;

    private static final boolean IS_LINUX = System.getProperty("os.name", "").contains("Linux");

    private static final Linker LINKER = Linker.nativeLinker();
    private static final @Nullable MethodHandle FALLOCATE =
            handle(
                    "fallocate",
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG));
    private static final @Nullable MethodHandle OPEN =
            handle(
                    "open",
                    FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT),
                    Linker.Option.firstVariadicArg(2));
    private static final @Nullable MethodHandle LSEEK =
            handle("lseek", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT));
    private static final @Nullable MethodHandle CLOSE =
            handle("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    private final int descriptor; // -1: cannot punch

    /** Holes for this file; on systems without such a call {@link #punch} is always false. */
    FileHoles(Path path) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocateFrom(path.toString());
            descriptor =
                    OPEN == null || FALLOCATE == null || CLOSE == null
                            ? -1
                            : (int) OPEN.invokeExact(name, O_RDWR | O_CLOEXEC);
        } catch (Throwable error) {
            throw unexpected(error);
        }
    }

    /** Makes a hole; false if this file system has none, and then nothing was changed. */
    boolean punch(long offsetBytes, long sizeBytes) {
        if (descriptor < 0 || FALLOCATE == null) {
            return false;
        }
        try {
            int result =
                    (int)
                            FALLOCATE.invokeExact(
                                    descriptor, KEEP_SIZE_AND_PUNCH_HOLE, offsetBytes, sizeBytes);
            return result == 0;
        } catch (Throwable error) {
            throw unexpected(error);
        }
    }

    /**
     * Names what is not a hole, in pieces that start and end at multiples of 512 as holes do; all
     * of the file if the operating system does not tell.
     */
    void forEachExtent(long sizeBytes, BlockStore.ExtentVisitor visitor) {
        long position = 0;
        while (position < sizeBytes) {
            long start = seek(position, SEEK_DATA, sizeBytes);
            if (start >= sizeBytes) {
                return;
            }
            long hole = seek(start, SEEK_HOLE, sizeBytes);
            long end = hole > start ? Math.min(hole, sizeBytes) : sizeBytes; // a device has none
            visitor.extent(start, end - start);
            position = end;
        }
    }

    /** Where it is next; {@code sizeBytes} if it is nowhere. */
    private long seek(long position, int what, long sizeBytes) {
        if (descriptor < 0 || LSEEK == null || !IS_LINUX) {
            return what == SEEK_DATA ? position : sizeBytes;
        }
        try {
            long found = (long) LSEEK.invokeExact(descriptor, position, what);
            return found < 0 ? sizeBytes : found;
        } catch (Throwable error) {
            throw unexpected(error);
        }
    }

    @Override
    public void close() {
        if (descriptor < 0 || CLOSE == null) {
            return;
        }
        try {
            int _ = (int) CLOSE.invokeExact(descriptor);
        } catch (Throwable error) {
            throw unexpected(error);
        }
    }

    private static RuntimeException unexpected(Throwable error) {
        if (error instanceof Error fatal) {
            throw fatal;
        }
        return new IllegalStateException("A call of the operating system failed.", error);
    }

    private static @Nullable MethodHandle handle(
            String name, FunctionDescriptor descriptor, Linker.Option... options) {
        return LINKER.defaultLookup()
                .find(name)
                .map(address -> LINKER.downcallHandle(address, descriptor, options))
                .orElse(null);
    }
}
