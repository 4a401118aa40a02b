package io.doorbell.bus.memory;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Locale;

/**
 * Native memory that reads as zeros and costs only the pages that were touched.
 *
 * <p>{@link Arena#allocate} would store zeros into every byte, and so make a 64 GiB guest cost 64
 * GiB; an anonymous mapping without reservation does not.
 */
// "restricted": mapping memory is this class's whole purpose; the flag that allows it is set.
@SuppressWarnings("restricted")
public final class SparseMapping {
    private static final int PROT_READ_WRITE = 3;
    private static final int MAP_PRIVATE = 2;
    private static final boolean IS_MACOS =
            System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("mac");
    private static final int MAP_ANONYMOUS = IS_MACOS ? 0x1000 : 0x20;
    private static final int MAP_NORESERVE = IS_MACOS ? 0x40 : 0x4000;
    private static final int MADV_DONTNEED = 4;
    private static final long MAP_FAILED = -1;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final MethodHandle MMAP =
            handle(
                    "mmap",
                    FunctionDescriptor.of(
                            ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));
    private static final MethodHandle MADVISE =
            handle("madvise", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle MUNMAP =
            handle("munmap", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG));

    private SparseMapping() {}

    /**
     * Maps {@code sizeBytes} bytes, page aligned, until {@code arena} is closed.
     *
     * @throws IllegalArgumentException if {@code sizeBytes} is not at least 1
     * @throws IllegalStateException if the operating system refuses
     */
    public static MemorySegment allocate(long sizeBytes, Arena arena) {
        if (sizeBytes < 1) {
            throw new IllegalArgumentException(
                    "Memory of " + sizeBytes + " bytes cannot be mapped. Ask for at least 1.");
        }
        try {
            MemorySegment mapped =
                    (MemorySegment)
                            MMAP.invokeExact(
                                    MemorySegment.NULL,
                                    sizeBytes,
                                    PROT_READ_WRITE,
                                    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE,
                                    -1,
                                    0L);
            if (mapped.address() == MAP_FAILED) {
                throw new IllegalStateException(
                        "The operating system refused to map "
                                + sizeBytes
                                + " bytes. Ask for less memory, or raise the limit (ulimit -v,"
                                + " vm.overcommit_memory).");
            }
            return mapped.reinterpret(sizeBytes, arena, SparseMapping::unmap);
        } catch (RuntimeException | Error error) {
            throw error;
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    /**
     * Gives the pages of {@code mapped} back: they read as zeros again.
     *
     * @param mapped whole pages of a segment that {@link #allocate} made
     */
    public static void discard(MemorySegment mapped) {
        if (IS_MACOS) {
            mapped.fill((byte) 0); // MADV_DONTNEED does not zero there
            return;
        }
        int result;
        try {
            result = (int) MADVISE.invokeExact(mapped, mapped.byteSize(), MADV_DONTNEED);
        } catch (RuntimeException | Error error) {
            throw error;
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
        if (result != 0) {
            mapped.fill((byte) 0);
        }
    }

    private static void unmap(MemorySegment mapped) {
        try {
            int result = (int) MUNMAP.invokeExact(mapped, mapped.byteSize());
            if (result != 0) {
                throw new IllegalStateException("munmap of " + mapped + " failed.");
            }
        } catch (RuntimeException | Error error) {
            throw error;
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static MethodHandle handle(String name, FunctionDescriptor descriptor) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup()
                        .find(name)
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                name + " is missing: this needs Linux or macOS.")),
                descriptor);
    }
}
