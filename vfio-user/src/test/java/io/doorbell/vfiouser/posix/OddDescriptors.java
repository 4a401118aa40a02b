package io.doorbell.vfiouser.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.List;

/** Descriptors that no client would send. */
@SuppressWarnings("restricted")
public final class OddDescriptors {
    private static final int READ_ONLY = 0;
    private static final int READ_WRITE = 2;
    private static final int PATH_ONLY = 0x20_0000;
    private static final MethodHandle OPEN =
            Linker.nativeLinker()
                    .downcallHandle(
                            Linker.nativeLinker().defaultLookup().findOrThrow("open"),
                            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT),
                            Linker.Option.firstVariadicArg(2));

    private OddDescriptors() {}

    /** Devices, a folder, a file that can only be read, one that is empty, a socket. */
    public static List<Descriptor> all() throws PosixException {
        return List.of(
                open("/dev/null", READ_WRITE),
                open("/dev/zero", READ_WRITE),
                open("/dev", READ_ONLY),
                open("/proc/self/exe", READ_ONLY),
                open("/proc/self/status", READ_ONLY),
                open("/", PATH_ONLY),
                Descriptor.memoryFile("empty", 0),
                Descriptor.memoryFile("odd", 12_345),
                new Descriptor(Posix.checked("socket", Posix.socket())));
    }

    /** A file of the file system, which nobody can seal. */
    public static Descriptor openForStores(Path path) throws PosixException {
        return open(path.toString(), READ_WRITE);
    }

    private static Descriptor open(String path, int flags) throws PosixException {
        try (Arena arena = Arena.ofConfined()) {
            int result = (int) OPEN.invokeExact(arena.allocateFrom(path), flags);
            return new Descriptor(Posix.checked("open " + path, result));
        } catch (PosixException refused) {
            throw refused;
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }
}
