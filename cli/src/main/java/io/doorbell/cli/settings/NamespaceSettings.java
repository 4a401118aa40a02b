package io.doorbell.cli.settings;

import java.nio.file.Path;

/**
 * Namespace 1.
 *
 * @param backing where its blocks are kept
 * @param sizeBytes 1 MiB to 64 TiB, a multiple of {@code blockBytes}
 * @param blockBytes 512 or 4096
 */
public record NamespaceSettings(Backing backing, long sizeBytes, int blockBytes) {

    /** Where blocks are kept. */
    public sealed interface Backing {}

    /** Sparse memory: costs what is written. */
    public record Memory() implements Backing {}

    /**
     * A raw image file, created sparse if it is missing and made longer if it is shorter than the
     * namespace. Never longer than the namespace.
     *
     * @param path absolute; its folder exists
     * @param checked whether the image is read back after the run, past the device, and compared
     *     with what was acknowledged
     */
    public record ImageFile(Path path, boolean checked) implements Backing {}

    /** No data at all: writes are dropped, reads give zeros. */
    public record Null() implements Backing {}

    /**
     * Every block knows its address and version: lost, torn and misdirected writes are told apart.
     */
    public record Pattern() implements Backing {}
}
