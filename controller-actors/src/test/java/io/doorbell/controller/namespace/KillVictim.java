package io.doorbell.controller.namespace;

import static io.doorbell.controller.TestHost.assertSuccess;

import io.doorbell.bus.pattern.BlockStamp;
import io.doorbell.controller.IoCommand;
import io.doorbell.controller.TestHost;
import io.doorbell.controller.TestQueue;
import io.doorbell.spec.SubmissionEntry;
import io.doorbell.spec.command.ReadWrite;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * The process that {@link KillTest} kills: a controller over an image, and a host that writes to it
 * until the end. Says on its standard output what it is about to write and what is durable.
 *
 * <pre>
 *  ISSUED version             no block has a higher version yet
 *  DURABLE lba blocks version
 *  TURN                       a batch is complete
 * </pre>
 */
final class KillVictim {
    static final int BLOCK = 512;
    static final int BLOCKS = 8192;
    static final BlockStamp STAMP = new BlockStamp(77, BLOCK);

    static final int ISSUED = 1;
    static final int DURABLE = 2;
    static final int TURN = 3;

    /** Commands of a batch; each writes to a part of the disk of its own. */
    private static final int WIDTH = 16;

    private static final int BLOCKS_MAX = 24;
    private static final int REGION = BLOCKS / WIDTH;

    private record Written(int lba, int blocks, long version, boolean durable) {}

    private final SplittableRandom random;
    private final DataOutputStream report =
            new DataOutputStream(new BufferedOutputStream(System.out));
    private long version;

    private KillVictim(long version) {
        this.version = version;
        this.random = new SplittableRandom(version);
    }

    /**
     * Never returns.
     *
     * @param arguments the image, and a version higher than any in it
     */
    public static void main(String[] arguments) {
        try {
            run(arguments);
        } catch (IOException | RuntimeException | Error failure) {
            failure.printStackTrace();
            Runtime.getRuntime().halt(1); // whoever listens is told by the end of the output
        }
    }

    private static void run(String[] arguments) throws IOException {
        FileStore store =
                FileStore.open(Path.of(arguments[0]), (long) BLOCKS * BLOCK, System::nanoTime);
        TestHost host =
                TestHost.machine()
                        .reactors(1)
                        .namespaces(TestHost.namespace(1, BLOCKS, 9, store))
                        .start()
                        .enable();
        new KillVictim(Long.parseLong(arguments[1])).writeForEver(host);
    }

    private void writeForEver(TestHost host) throws IOException {
        TestQueue queue = host.createQueuePair(1, 64);
        long[] buffers = new long[WIDTH];
        long[] lists = new long[WIDTH];
        for (int i = 0; i < WIDTH; i++) {
            buffers[i] = host.memory().pages(BLOCKS_MAX * BLOCK / 4096);
            lists[i] = host.memory().pages(1);
            host.memory().putLong(lists[i], buffers[i] + 4096);
            host.memory().putLong(lists[i] + 8, buffers[i] + 8192);
        }
        while (true) {
            Written[] batch = new Written[WIDTH];
            for (int i = 0; i < WIDTH; i++) {
                batch[i] = next(i);
            }
            report.writeByte(ISSUED);
            report.writeLong(version);
            report.flush(); // known before the first of them is written
            int first = -1;
            for (int i = 0; i < WIDTH; i++) {
                int id = queue.put(write(host, batch[i], buffers[i], lists[i]));
                first = first < 0 ? id : first;
            }
            host.ring(queue);
            for (int i = 0; i < WIDTH; i++) {
                var completion = host.await(queue);
                assertSuccess(completion);
                Written written = batch[completion.commandId() - first & 0x7FFF];
                if (written.durable()) {
                    tellDurable(written);
                }
            }
            if (random.nextInt(4) == 0) {
                assertSuccess(host.run(queue, IoCommand::flush));
                for (Written written : batch) {
                    tellDurable(written);
                }
            }
            report.writeByte(TURN);
            report.flush();
        }
    }

    private Written next(int region) {
        int blocks = 1 + random.nextInt(BLOCKS_MAX);
        int lba = region * REGION + random.nextInt(REGION - blocks + 1);
        return new Written(lba, blocks, ++version, random.nextInt(4) == 0);
    }

    private static Consumer<SubmissionEntry> write(
            TestHost host, Written written, long buffer, long list) {
        for (int block = 0; block < written.blocks(); block++) {
            STAMP.write(
                    host.memory().at(buffer + (long) block * BLOCK, BLOCK),
                    0,
                    written.lba() + block,
                    written.version());
        }
        boolean needsList = written.blocks() * BLOCK > 8192;
        Consumer<SubmissionEntry> command =
                IoCommand.write(
                        written.lba(), written.blocks(), buffer, needsList ? list : buffer + 4096);
        return entry -> {
            command.accept(entry);
            ReadWrite.forceUnitAccess(entry, written.durable());
        };
    }

    private void tellDurable(Written written) throws IOException {
        report.writeByte(DURABLE);
        report.writeInt(written.lba());
        report.writeInt(written.blocks());
        report.writeLong(written.version());
    }
}
