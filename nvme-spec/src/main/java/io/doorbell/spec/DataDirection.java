package io.doorbell.spec;

/** Which way a command's data moves, as bits 1:0 of its opcode say (Base 2.0 §3.3.3.1). */
public enum DataDirection {
    NONE,
    HOST_TO_CONTROLLER,
    CONTROLLER_TO_HOST,
    BIDIRECTIONAL;

    private static final DataDirection[] BY_OPCODE_BITS = values();

    /** The direction of an opcode, 0 to FFh. Fabrics (7Fh) encodes it elsewhere. */
    public static DataDirection ofOpcode(int opcode) {
        return BY_OPCODE_BITS[opcode & 3];
    }
}
