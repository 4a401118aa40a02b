package io.doorbell.guest;

/**
 * A namespace as the host found it by Identify.
 *
 * @param id its NSID
 * @param blockCount NSZE
 * @param blockSizeLog2 LBADS of its format
 */
public record NamespaceInfo(int id, long blockCount, int blockSizeLog2) {}
