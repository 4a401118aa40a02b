package io.doorbell.cli.settings;

import io.doorbell.cli.settings.KnobType.Amount;
import io.doorbell.cli.settings.KnobType.Choice;
import io.doorbell.cli.settings.KnobType.FilePath;
import io.doorbell.cli.settings.KnobType.OrWord;
import io.doorbell.cli.settings.WorkloadSettings.Access;
import io.doorbell.cli.settings.WorkloadSettings.Pace;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Every knob there is, in the order in which it is shown. Longer than most files: it is a table.
 *
 * <p>After a change here run {@code mvn -pl cli test -Dtest=KnobDocumentTest
 * -Ddoorbell.rewrite=true}, which brings {@code application.conf} and {@code reference.conf} up to
 * date.
 */
final class Knobs {
    private static final long KIB = 1L << 10;
    private static final long MIB = 1L << 20;
    private static final long TIB = 1L << 40;
    private static final long MICROSECOND = 1_000;
    private static final long MILLISECOND = 1_000_000;
    private static final long SECOND = 1_000_000_000;
    private static final Grid EVERY = new Grid.Steps(1);
    private static final Grid POWERS_OF_TWO = new Grid.PowersOfTwo();

    /** Kinds of namespace; {@link NamespaceSettings.Backing} says what each is. */
    enum NamespaceKind {
        MEMORY,
        FILE,
        NULL,
        PATTERN
    }

    /** Kinds of workload; {@link WorkloadSettings} says what each is. */
    enum WorkloadKind {
        IOLOG,
        FIO
    }

    static final Knob<Optional<Long>> REACTORS =
            new Knob<>(
                    "runtime.reactors",
                    new OrWord<>("auto", count("reactors", 1, 64)),
                    "auto",
                    "Event loops that run the actors, one thread each.",
                    "one for each core");
    static final Knob<Optional<Long>> QUANTUM =
            new Knob<>(
                    "runtime.quantum",
                    new OrWord<>("auto", count("messages", 1, 65536)),
                    "auto",
                    "Messages that the newest work of a reactor may take before the oldest has its turn.",
                    "the reactor's own choice keeps rings warm in the cache and is still fair");

    static final Knob<Optional<Long>> HOST_MEMORY =
            new Knob<>(
                    "host.memory",
                    new OrWord<>("auto", size(16 * MIB, TIB, EVERY)),
                    "auto",
                    "Memory of the simulated host. It is sparse: only what is touched costs anything.",
                    "as much as the queues and buffers of the run need");

    static final Knob<Long> QUEUE_PAIRS_MAX =
            new Knob<>(
                    "controller.queue-pairs-max",
                    count("queue pairs", 1, 65535),
                    "64",
                    "I/O queue pairs the controller can create (feature Number of Queues).",
                    "a vector for each, with the default number of vectors");
    static final Knob<Long> QUEUE_ENTRIES_MAX =
            new Knob<>(
                    "controller.queue-entries-max",
                    count("entries", 2, 65536),
                    "1024",
                    "Largest I/O queue, in entries (CAP.MQES + 1).",
                    "common among real controllers, and what Linux asks for");
    static final Knob<Long> DOORBELL_STRIDE =
            new Knob<>(
                    "controller.doorbell-stride",
                    count("", 0, 10),
                    "0",
                    "CAP.DSTRD: neighbouring doorbells are 4 << stride bytes apart in BAR0.",
                    "doorbells side by side, as hardware has them");
    static final Knob<Long> VECTORS =
            new Knob<>(
                    "controller.vectors",
                    count("vectors", 1, 2048),
                    "65",
                    "MSI-X interrupt vectors. Vector 0 belongs to the admin queue.",
                    "one for the admin queue and one for each of 64 queue pairs");
    static final Knob<Long> TRANSFER_MAX =
            new Knob<>(
                    "controller.transfer-max",
                    size(4 * KIB, 8 * MIB, POWERS_OF_TWO),
                    "512KiB",
                    "Most bytes that one command moves (Identify Controller, MDTS).",
                    "128 pages, so that one page of PRP list is enough");
    static final Knob<Optional<Long>> ARBITRATION_BURST =
            new Knob<>(
                    "controller.arbitration-burst",
                    new OrWord<>(
                            "unlimited",
                            new Amount(Measure.count("commands"), 1, 64, POWERS_OF_TWO)),
                    "32",
                    "Commands fetched from one submission queue before others have their turn.",
                    "whole batches at depth 32, and no queue waits long for its turn");
    static final Knob<Long> READY_TIMEOUT =
            new Knob<>(
                    "controller.ready-timeout",
                    time(500 * MILLISECOND, 127_500 * MILLISECOND, 500 * MILLISECOND),
                    "10s",
                    "Longest wait from CC.EN to CSTS.RDY that the controller announces (CAP.TO).",
                    "far above what enabling takes here, and patient drivers lose nothing");

    static final Knob<NamespaceKind> NAMESPACE_KIND =
            new Knob<>(
                    "namespace.kind",
                    new Choice<>(Choices.of(NamespaceKind.class)),
                    "memory",
                    "Where blocks are kept: memory (sparse), file (a raw image), null (nowhere: for speed),"
                            + " pattern (tells lost, torn and misdirected writes apart).",
                    "needs no disk and keeps what is written");
    static final Knob<Long> NAMESPACE_SIZE =
            new Knob<>(
                    "namespace.size",
                    size(MIB, 64 * TIB, EVERY),
                    "192MiB",
                    "Size of the disk, a multiple of the block size.",
                    "the disk of the recorded Linux guest");
    static final Knob<Long> BLOCK_SIZE =
            new Knob<>(
                    "namespace.block-size",
                    size(512, 4 * KIB, new Grid.OneOf(List.of(512L, 4 * KIB))),
                    "512B",
                    "Size of a logical block.",
                    "the recorded Linux guest writes pieces of 1 KiB");
    static final Knob<Optional<Path>> NAMESPACE_FILE =
            new Knob<>(
                    "namespace.file",
                    new OrWord<>("none", new FilePath()),
                    "none",
                    "The image when kind = file. Created sparse if it is missing.",
                    "only kind = file has one");
    static final Knob<Boolean> IMAGE_CHECK =
            new Knob<>(
                    "namespace.image-check",
                    new Choice<>(Choices.TRUE_OR_FALSE),
                    "false",
                    "After the run, read the image file past the device and compare it with what was"
                            + " acknowledged.",
                    "only kind = file has an image, and a large one takes its time");

    static final Knob<Long> QUEUE_PAIRS =
            new Knob<>(
                    "driver.queue-pairs",
                    count("queue pairs", 1, 65535),
                    "4",
                    "I/O queue pairs the driver creates.",
                    "a small machine with one for each of its cores");
    static final Knob<Long> QUEUE_DEPTH =
            new Knob<>(
                    "driver.queue-depth",
                    count("entries", 2, 65536),
                    "64",
                    "Size of each I/O queue, in entries. One stays free, so 64 entries hold 63 commands.",
                    "deeper than the recorded Linux guest ever needs, shallow enough to wrap often");
    static final Knob<Boolean> SHARE_VECTORS =
            new Knob<>(
                    "driver.share-vectors",
                    new Choice<>(Choices.TRUE_OR_FALSE),
                    "false",
                    "Whether several completion queues may share an interrupt vector.",
                    "a shared vector makes interrupt figures hard to read");
    static final Knob<Long> COALESCING_THRESHOLD =
            new Knob<>(
                    "driver.coalescing.threshold",
                    count("entries", 1, 256),
                    "8",
                    "Completion entries that wait for one interrupt. 1 switches coalescing off.",
                    "a good part of the gain at a small part of the wait");
    static final Knob<Long> COALESCING_TIME =
            new Knob<>(
                    "driver.coalescing.time",
                    time(0, 25_500 * MICROSECOND, 100 * MICROSECOND),
                    "100us",
                    "Longest wait for the threshold. 0 switches coalescing off.",
                    "the shortest there is, so that a lone command does not suffer");
    static final Knob<Long> COMMAND_TIMEOUT =
            new Knob<>(
                    "driver.command-timeout",
                    time(MILLISECOND, 3600 * SECOND, 1),
                    "30s",
                    "How long a command may take before the driver does something about it.",
                    "the Linux driver's default");

    static final Knob<WorkloadKind> WORKLOAD_KIND =
            new Knob<>(
                    "workload.kind",
                    new Choice<>(Choices.of(WorkloadKind.class)),
                    "iolog",
                    "iolog: replay a recording. fio: make up operations.",
                    "a real file system does what nobody would make up");
    static final Knob<Boolean> VERIFY =
            new Knob<>(
                    "workload.verify",
                    new Choice<>(Choices.TRUE_OR_FALSE),
                    "true",
                    "Whether every block read is compared with what was last acknowledged for it.",
                    "a fast wrong answer is worth nothing");
    static final Knob<Path> IOLOG_FILE =
            new Knob<>(
                    "workload.iolog.file",
                    new FilePath(),
                    "traces/linux-ext4-life.iolog",
                    "The recording, an fio iolog of version 2 or 3.",
                    "the life of an ext4 file system as a Linux guest issued it: 3,048 operations");
    static final Knob<Pace> IOLOG_PACE =
            new Knob<>(
                    "workload.iolog.pace",
                    new Choice<>(Choices.of(Pace.class)),
                    "full-speed",
                    "full-speed: start each operation as soon as there is room. recorded: not before its"
                            + " time.",
                    "shows what the device can do; recorded shows what the guest saw");
    static final Knob<Access> FIO_RW =
            new Knob<>(
                    "workload.fio.rw",
                    new Choice<>(Choices.of(Access.class)),
                    "randrw",
                    "Sequential or random (rand...), reads, writes or a mix (rw).",
                    "asks most of verification");
    static final Knob<Long> FIO_BS =
            new Knob<>(
                    "workload.fio.bs",
                    size(512, 8 * MIB, EVERY),
                    "4KiB",
                    "Size of each operation, a multiple of the block size.",
                    "a page, the commonest size of all");
    static final Knob<Long> FIO_IODEPTH =
            new Knob<>(
                    "workload.fio.iodepth",
                    count("operations", 1, 65535),
                    "32",
                    "Operations that each job keeps in flight.",
                    "enough to keep a queue of 64 entries busy");
    static final Knob<Long> FIO_NUMJOBS =
            new Knob<>(
                    "workload.fio.numjobs",
                    count("jobs", 1, 65535),
                    "4",
                    "Jobs side by side.",
                    "one for each queue pair");
    static final Knob<Optional<Long>> FIO_SIZE =
            new Knob<>(
                    "workload.fio.size",
                    new OrWord<>("auto", size(512, 64 * TIB, EVERY)),
                    "auto",
                    "How much of the disk, from its start, each job works on.",
                    "all of it");
    static final Knob<Optional<Long>> FIO_NUMBER_IOS =
            new Knob<>(
                    "workload.fio.number-ios",
                    new OrWord<>("auto", count("operations", 1, 1_000_000_000_000L)),
                    "auto",
                    "Operations of each job.",
                    "as many as cover the size once");
    static final Knob<Long> FIO_RWMIXREAD =
            new Knob<>(
                    "workload.fio.rwmixread",
                    count("percent", 0, 100),
                    "70",
                    "Reads of a mixed workload, in percent.",
                    "the usual mix of benchmarks, and of the recorded Linux guest");
    static final Knob<Long> FIO_RANDSEED =
            new Knob<>(
                    "workload.fio.randseed",
                    count("", 0, Long.MAX_VALUE),
                    "1",
                    "Seed of every random choice of the workload.",
                    "any will do; the same one gives the same operations");
    static final Knob<Optional<Long>> FIO_RATE_IOPS =
            new Knob<>(
                    "workload.fio.rate-iops",
                    new OrWord<>("unlimited", count("operations per second", 1, 1_000_000_000)),
                    "unlimited",
                    "Most operations that each job starts in a second.",
                    "as fast as it goes");
    static final Knob<Long> FIO_FSYNC =
            new Knob<>(
                    "workload.fio.fsync",
                    count("writes", 0, 1_000_000_000),
                    "0",
                    "A Flush after so many writes of a job. 0: never.",
                    "as fio has it");

    static final List<Knob<?>> ALL =
            List.of(
                    REACTORS,
                    QUANTUM,
                    HOST_MEMORY,
                    QUEUE_PAIRS_MAX,
                    QUEUE_ENTRIES_MAX,
                    DOORBELL_STRIDE,
                    VECTORS,
                    TRANSFER_MAX,
                    ARBITRATION_BURST,
                    READY_TIMEOUT,
                    NAMESPACE_KIND,
                    NAMESPACE_SIZE,
                    BLOCK_SIZE,
                    NAMESPACE_FILE,
                    IMAGE_CHECK,
                    QUEUE_PAIRS,
                    QUEUE_DEPTH,
                    SHARE_VECTORS,
                    COALESCING_THRESHOLD,
                    COALESCING_TIME,
                    COMMAND_TIMEOUT,
                    WORKLOAD_KIND,
                    VERIFY,
                    IOLOG_FILE,
                    IOLOG_PACE,
                    FIO_RW,
                    FIO_BS,
                    FIO_IODEPTH,
                    FIO_NUMJOBS,
                    FIO_SIZE,
                    FIO_NUMBER_IOS,
                    FIO_RWMIXREAD,
                    FIO_RANDSEED,
                    FIO_RATE_IOPS,
                    FIO_FSYNC);

    private Knobs() {}

    private static Amount count(String things, long least, long most) {
        return new Amount(Measure.count(things), least, most, EVERY);
    }

    private static Amount size(long leastBytes, long mostBytes, Grid grid) {
        return new Amount(Measure.SIZE, leastBytes, mostBytes, grid);
    }

    private static Amount time(long leastNanos, long mostNanos, long stepNanos) {
        return new Amount(Measure.TIME, leastNanos, mostNanos, new Grid.Steps(stepNanos));
    }
}
