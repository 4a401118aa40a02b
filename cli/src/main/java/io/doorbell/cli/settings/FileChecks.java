package io.doorbell.cli.settings;

import io.doorbell.cli.settings.Knobs.NamespaceKind;
import io.doorbell.cli.settings.Knobs.WorkloadKind;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.ToLongFunction;

/**
 * Rules about files that settings name.
 *
 * <p>Free space is not asked for: an image is sparse and takes what is written, so a small disk may
 * well hold a large one, and what is free now need not be free later. Only an image that could
 * never be filled, because it is larger than its disk, is refused. A disk that fills up during the
 * run is an error status of the Write that met it.
 */
final class FileChecks {
    private final KnobValues values;
    private final SettingsSources sources;
    private final ToLongFunction<Path> diskBytes;
    private final Problems problems;

    FileChecks(
            KnobValues values,
            SettingsSources sources,
            ToLongFunction<Path> diskBytes,
            Problems problems) {
        this.values = values;
        this.sources = sources;
        this.diskBytes = diskBytes;
        this.problems = problems;
    }

    /** The size of the disk that holds a folder; Long.MAX_VALUE if it cannot be told. */
    static long diskBytes(Path folder) {
        try {
            long bytes = Files.getFileStore(folder).getTotalSpace();
            return bytes > 0 ? bytes : Long.MAX_VALUE;
        } catch (IOException unknown) {
            return Long.MAX_VALUE;
        }
    }

    void check() {
        if (values.has(Knobs.WORKLOAD_KIND, Knobs.IOLOG_FILE)
                && values.get(Knobs.WORKLOAD_KIND) == WorkloadKind.IOLOG) {
            iologExists(values.resolve(Knobs.IOLOG_FILE, values.get(Knobs.IOLOG_FILE)));
        }
        if (values.has(Knobs.NAMESPACE_KIND, Knobs.NAMESPACE_FILE, Knobs.NAMESPACE_SIZE)
                && values.get(Knobs.NAMESPACE_KIND) == NamespaceKind.FILE) {
            values.get(Knobs.NAMESPACE_FILE)
                    .ifPresent(path -> image(values.resolve(Knobs.NAMESPACE_FILE, path)));
        }
    }

    private void iologExists(Path file) {
        if (!Files.isRegularFile(file)) {
            add(
                    Knobs.IOLOG_FILE,
                    Files.exists(file) ? "is no file: " : "does not exist: ",
                    file,
                    "A relative path starts at the folder of the file that says it.");
        } else if (!Files.isReadable(file)) {
            add(Knobs.IOLOG_FILE, "cannot be read: ", file, "Check its permissions.");
        }
    }

    private void image(Path file) {
        Path folder = Objects.requireNonNull(file.getParent());
        if (!Files.isDirectory(folder)) {
            add(
                    Knobs.NAMESPACE_FILE,
                    "would be created in a folder that does not exist: ",
                    folder,
                    "Create the folder, or name another.");
        } else if (!Files.exists(file)) {
            fitsDisk(file, folder);
        } else if (!Files.isRegularFile(file)) {
            add(Knobs.NAMESPACE_FILE, "is no file: ", file, "Name a file, or one to be created.");
        } else if (!Files.isReadable(file) || !Files.isWritable(file)) {
            add(
                    Knobs.NAMESPACE_FILE,
                    "cannot be read and written: ",
                    file,
                    "Check its permissions.");
        } else {
            notLongerThanNamespace(file);
            fitsDisk(file, folder);
        }
    }

    private void fitsDisk(Path file, Path folder) {
        long disk = diskBytes.applyAsLong(folder);
        if (values.get(Knobs.NAMESPACE_SIZE) > disk) {
            problems.add(
                    values.place(Knobs.NAMESPACE_SIZE),
                    "'namespace.size' = "
                            + values.text(Knobs.NAMESPACE_SIZE)
                            + " is more than the whole disk that holds "
                            + sources.shown(file)
                            + ": "
                            + Measure.SIZE.text(disk)
                            + ".",
                    "Set a smaller namespace.size, or a namespace.file on a larger disk.");
        }
    }

    private void notLongerThanNamespace(Path file) {
        long length = length(file);
        if (length > values.get(Knobs.NAMESPACE_SIZE)) {
            add(
                    Knobs.NAMESPACE_FILE,
                    "is "
                            + Measure.SIZE.text(length)
                            + " long, more than 'namespace.size' = "
                            + values.text(Knobs.NAMESPACE_SIZE)
                            + ": ",
                    file,
                    "Set namespace.size = "
                            + Measure.SIZE.text(length)
                            + ", or name another file.");
        }
    }

    private static long length(Path file) {
        try {
            return Files.size(file);
        } catch (IOException vanished) {
            return 0; // between the last check and this one; opening it will tell
        }
    }

    private void add(Knob<?> knob, String fault, Path file, String advice) {
        problems.add(
                values.place(knob),
                "'" + knob.key() + "' " + fault + sources.shown(file) + ".",
                advice);
    }
}
