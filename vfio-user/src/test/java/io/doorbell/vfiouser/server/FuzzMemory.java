package io.doorbell.vfiouser.server;

import io.doorbell.vfiouser.posix.Descriptor;
import io.doorbell.vfiouser.posix.Errno;
import io.doorbell.vfiouser.posix.OddDescriptors;
import io.doorbell.vfiouser.posix.PosixException;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The descriptors that the fuzzer has to give: memory, memory that goes away, events, and odd. */
final class FuzzMemory implements AutoCloseable {
    private static final long RAM_BYTES = FuzzMessages.RAM_BYTES;

    private final Random random;
    private final Arena arena = Arena.ofShared();
    private final Descriptor ram = Descriptor.memoryFile("fuzz", RAM_BYTES);
    private Descriptor shrinking = Descriptor.memoryFile("shrinking", RAM_BYTES);
    private final MemorySegment content = ram.map(RAM_BYTES, true, arena);
    private final List<Descriptor> all = new ArrayList<>();

    FuzzMemory(Random random) throws PosixException {
        this.random = random;
        all.add(ram);
        all.add(Descriptor.event());
        all.add(Descriptor.event());
        all.add(shrinking);
        all.addAll(OddDescriptors.all());
    }

    Descriptor ram() {
        return ram;
    }

    Descriptor shrinking() {
        return shrinking;
    }

    /** What lies in {@link #ram}. */
    MemorySegment content() {
        return content;
    }

    /** So many of them, whichever. */
    List<Descriptor> some(int count) {
        List<Descriptor> some = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            some.add(all.get(random.nextInt(all.size())));
        }
        return some;
    }

    /** Makes a file shorter, or as long as it was; a server that has mapped it has sealed it. */
    void changeFiles() throws PosixException {
        int pages = random.nextInt(8) * random.nextInt(33); // often none, often all
        resize(Math.min(RAM_BYTES, pages * 4096L + random.nextInt(2)));
    }

    /** A new file in the place of the one that became shorter. */
    void restore() throws PosixException {
        all.remove(shrinking);
        shrinking.close();
        shrinking = Descriptor.memoryFile("shrinking", RAM_BYTES);
        all.add(shrinking);
    }

    private void resize(long sizeBytes) throws PosixException {
        try {
            shrinking.resize(sizeBytes);
        } catch (PosixException sealed) {
            if (sealed.errno() != Errno.EPERM) {
                throw sealed;
            }
        }
    }

    @Override
    public void close() {
        all.forEach(Descriptor::close);
        arena.close();
    }
}
