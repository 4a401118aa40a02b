package io.doorbell.cli.settings;

import io.doorbell.cli.settings.Knobs.NamespaceKind;
import io.doorbell.cli.settings.Knobs.WorkloadKind;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/**
 * Rules about several knobs at once. Each rule is judged only if all its knobs are valid on their
 * own, and blames the knob that was said last, because that is the one that broke it.
 */
final class Combinations {
    private static final long PAGE_BYTES = 4096;
    private static final long SUBMISSION_ENTRY_BYTES = 64;
    private static final long COMPLETION_ENTRY_BYTES = 16;

    private final KnobValues values;
    private final Problems problems;

    Combinations(KnobValues values, Problems problems) {
        this.values = values;
        this.problems = problems;
    }

    void check() {
        atMost(Knobs.QUEUE_PAIRS, Knobs.QUEUE_PAIRS_MAX);
        atMost(Knobs.QUEUE_DEPTH, Knobs.QUEUE_ENTRIES_MAX);
        vectorsSuffice();
        queuesFitHostMemory();
        multipleOfBlock(Knobs.NAMESPACE_SIZE);
        fileOnlyForKindFile();
        imageCheckOnlyForKindFile();
        nullIsNotVerified();
        if (values.has(Knobs.WORKLOAD_KIND) && isFio()) {
            multipleOfBlock(Knobs.FIO_BS);
            fioSizeFits();
        }
    }

    private void atMost(Knob<Long> wish, Knob<Long> offer) {
        if (values.has(wish, offer) && values.get(wish) > values.get(offer)) {
            add(
                    said(wish) + " is more than " + said(offer) + ".",
                    "Set "
                            + wish.key()
                            + " = "
                            + values.text(offer)
                            + " or less"
                            + (isGiven(offer)
                                    ? ""
                                    : ", or " + offer.key() + " = " + values.text(wish))
                            + ".",
                    wish,
                    offer);
        }
    }

    private void vectorsSuffice() {
        if (!values.has(Knobs.QUEUE_PAIRS, Knobs.VECTORS, Knobs.SHARE_VECTORS)) {
            return;
        }
        long needed = values.get(Knobs.QUEUE_PAIRS) + 1;
        long vectors = values.get(Knobs.VECTORS);
        if (values.get(Knobs.SHARE_VECTORS) || needed <= vectors) {
            return;
        }
        boolean moreArePossible =
                !isGiven(Knobs.VECTORS) && Knobs.VECTORS.accepts(Long.toString(needed));
        String more = moreArePossible ? "controller.vectors = " + needed + ", " : "";
        String fewer = vectors > 1 ? "driver.queue-pairs = " + (vectors - 1) + ", " : "";
        add(
                said(Knobs.QUEUE_PAIRS)
                        + " needs "
                        + needed
                        + " interrupt vectors, one of them for the admin queue, but "
                        + said(Knobs.VECTORS)
                        + ".",
                "Set " + more + fewer + "or driver.share-vectors = true.",
                Knobs.QUEUE_PAIRS,
                Knobs.VECTORS,
                Knobs.SHARE_VECTORS);
    }

    private void queuesFitHostMemory() {
        if (!values.has(Knobs.HOST_MEMORY, Knobs.QUEUE_PAIRS, Knobs.QUEUE_DEPTH)) {
            return;
        }
        long needed = values.get(Knobs.QUEUE_PAIRS) * pairBytes(values.get(Knobs.QUEUE_DEPTH));
        Optional<Long> memory = values.get(Knobs.HOST_MEMORY);
        if (memory.isPresent() && needed > memory.get()) {
            add(
                    said(Knobs.QUEUE_PAIRS)
                            + " with "
                            + said(Knobs.QUEUE_DEPTH)
                            + " takes "
                            + Measure.SIZE.text(needed)
                            + " for the queues alone, but "
                            + said(Knobs.HOST_MEMORY)
                            + ".",
                    "Set host.memory = auto, or fewer or smaller queues.",
                    Knobs.HOST_MEMORY,
                    Knobs.QUEUE_PAIRS,
                    Knobs.QUEUE_DEPTH);
        }
    }

    /** Each queue starts on a page of its own. */
    private static long pairBytes(long entries) {
        return wholePages(entries * SUBMISSION_ENTRY_BYTES)
                + wholePages(entries * COMPLETION_ENTRY_BYTES);
    }

    private static long wholePages(long bytes) {
        return Math.ceilDiv(bytes, PAGE_BYTES) * PAGE_BYTES;
    }

    private void multipleOfBlock(Knob<Long> size) {
        if (!values.has(size, Knobs.BLOCK_SIZE)) {
            return;
        }
        long block = values.get(Knobs.BLOCK_SIZE);
        long bytes = values.get(size);
        if (bytes % block != 0) {
            add(
                    said(size) + " is not a multiple of " + said(Knobs.BLOCK_SIZE) + ".",
                    "The nearest is " + Measure.SIZE.text(nearestMultiple(bytes, block)) + ".",
                    size,
                    Knobs.BLOCK_SIZE);
        }
    }

    private static long nearestMultiple(long bytes, long block) {
        return Math.max(block, (bytes + block / 2) / block * block);
    }

    private void fileOnlyForKindFile() {
        if (!values.has(Knobs.NAMESPACE_KIND, Knobs.NAMESPACE_FILE)) {
            return;
        }
        boolean named = values.get(Knobs.NAMESPACE_FILE).isPresent();
        if (isFile() && !named) {
            add(
                    said(Knobs.NAMESPACE_KIND) + " needs the path of an image.",
                    "Set namespace.file = \"disk.img\"; it is created if it is missing.",
                    Knobs.NAMESPACE_KIND,
                    Knobs.NAMESPACE_FILE);
        } else if (named && !isFile()) {
            add(
                    said(Knobs.NAMESPACE_FILE)
                            + " contradicts "
                            + said(Knobs.NAMESPACE_KIND)
                            + ", which keeps no file.",
                    "Set namespace.kind = file, or delete namespace.file.",
                    Knobs.NAMESPACE_FILE,
                    Knobs.NAMESPACE_KIND);
        }
    }

    private void imageCheckOnlyForKindFile() {
        if (!values.has(Knobs.IMAGE_CHECK) || !values.get(Knobs.IMAGE_CHECK)) {
            return;
        }
        if (values.has(Knobs.NAMESPACE_KIND) && !isFile()) {
            add(
                    said(Knobs.IMAGE_CHECK)
                            + " contradicts "
                            + said(Knobs.NAMESPACE_KIND)
                            + ", which has no image.",
                    "Set namespace.kind = file and namespace.file, or leave the check out.",
                    Knobs.IMAGE_CHECK,
                    Knobs.NAMESPACE_KIND);
        }
        if (values.has(Knobs.VERIFY) && !values.get(Knobs.VERIFY)) {
            add(
                    said(Knobs.IMAGE_CHECK)
                            + " contradicts "
                            + said(Knobs.VERIFY)
                            + ": without verification nobody remembers what was written.",
                    "Set workload.verify = true, or leave the check out.",
                    Knobs.IMAGE_CHECK,
                    Knobs.VERIFY);
        }
    }

    private void nullIsNotVerified() {
        if (values.has(Knobs.NAMESPACE_KIND, Knobs.VERIFY)
                && values.get(Knobs.NAMESPACE_KIND) == NamespaceKind.NULL
                && values.get(Knobs.VERIFY)) {
            add(
                    said(Knobs.VERIFY)
                            + " contradicts "
                            + said(Knobs.NAMESPACE_KIND)
                            + ", which forgets what is written.",
                    "Set workload.verify = false, or namespace.kind = memory.",
                    Knobs.VERIFY,
                    Knobs.NAMESPACE_KIND);
        }
    }

    private void fioSizeFits() {
        if (!values.has(Knobs.FIO_SIZE, Knobs.FIO_BS, Knobs.NAMESPACE_SIZE)) {
            return;
        }
        long disk = values.get(Knobs.NAMESPACE_SIZE);
        long size = values.get(Knobs.FIO_SIZE).orElse(disk);
        if (size > disk) {
            add(
                    said(Knobs.FIO_SIZE)
                            + " is more than the disk, "
                            + said(Knobs.NAMESPACE_SIZE)
                            + ".",
                    "Set workload.fio.size = auto for all of the disk"
                            + (isGiven(Knobs.NAMESPACE_SIZE)
                                    ? "."
                                    : ", or a larger namespace.size."),
                    Knobs.FIO_SIZE,
                    Knobs.NAMESPACE_SIZE);
        } else if (values.get(Knobs.FIO_BS) > size) {
            add(
                    said(Knobs.FIO_BS)
                            + " does not fit once into "
                            + Measure.SIZE.text(size)
                            + ", the size that each job works on.",
                    "Set a smaller workload.fio.bs, or a larger workload.fio.size.",
                    Knobs.FIO_BS,
                    Knobs.FIO_SIZE,
                    Knobs.NAMESPACE_SIZE);
        }
    }

    /** Whether a device has it, and nobody can set it. */
    private boolean isGiven(Knob<?> knob) {
        return values.place(knob).layer() == Layer.DEVICE;
    }

    private boolean isFile() {
        return values.get(Knobs.NAMESPACE_KIND) == NamespaceKind.FILE;
    }

    private boolean isFio() {
        return values.get(Knobs.WORKLOAD_KIND) == WorkloadKind.FIO;
    }

    private String said(Knob<?> knob) {
        return "'"
                + knob.key()
                + "' = "
                + values.text(knob)
                + " ("
                + values.place(knob).shown()
                + ")";
    }

    private void add(String what, String advice, Knob<?>... involved) {
        Place last =
                Arrays.stream(involved)
                        .map(values::place)
                        .max(Comparator.comparing(Place::layer))
                        .orElseThrow();
        // The place that the message starts with need not be said again.
        problems.add(last, what.replace(" (" + last.shown() + ")", ""), advice);
    }
}
