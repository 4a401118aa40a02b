package io.doorbell.vfiouser.posix;

/** What tells one file from another (st_dev, st_ino). */
public record FileIdentity(long device, long inode) {}
