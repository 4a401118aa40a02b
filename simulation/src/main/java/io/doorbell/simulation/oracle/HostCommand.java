package io.doorbell.simulation.oracle;

/** A command the host told of; used again when it is over. */
final class HostCommand {
    int opcode;
    long slba;
    int blocks;
    long submittedAt; // rank
    boolean fetched;
    boolean captured; // versions are those of its completion
    long[] versions = new long[8];

    HostCommand begin(int itsOpcode, long itsSlba, int itsBlocks, long now) {
        opcode = itsOpcode;
        slba = itsSlba;
        blocks = itsBlocks;
        submittedAt = now;
        fetched = false;
        captured = false;
        if (versions.length < blocks) {
            versions = new long[blocks];
        }
        return this;
    }
}
