package io.doorbell.guest.workload;

/** Stamps what is written and checks what is read. */
public final class DataVerifier {}
