package io.doorbell.spec;

/** VS, Version (Base 2.0 §3.1.3.2), also Identify Controller VER. Values compare as ints. */
public final class Version {
    /** NVM Express 1.0. */
    public static final int V1_0 = 0x0001_0000;

    /** NVM Express 1.1. */
    public static final int V1_1 = 0x0001_0100;

    /** NVM Express 1.2. */
    public static final int V1_2 = 0x0001_0200;

    /** NVM Express 1.2.1. */
    public static final int V1_2_1 = 0x0001_0201;

    /** NVM Express 1.3. */
    public static final int V1_3 = 0x0001_0300;

    /** NVM Express 1.4. */
    public static final int V1_4 = 0x0001_0400;

    /** NVM Express 2.0. */
    public static final int V2_0 = 0x0002_0000;

    private static final BitField MJR = BitField.of(31, 16);
    private static final BitField MNR = BitField.of(15, 8);
    private static final BitField TER = BitField.of(7, 0);

    private Version() {}

    /** MJR, the major version. */
    public static int major(int version) {
        return MJR.get(version);
    }

    /** MNR, the minor version. */
    public static int minor(int version) {
        return MNR.get(version);
    }

    /** TER, the tertiary version. */
    public static int tertiary(int version) {
        return TER.get(version);
    }

    /** The register value of a version. */
    public static int of(int major, int minor, int tertiary) {
        return MJR.set(0, major) | MNR.set(0, minor) | TER.set(0, tertiary);
    }

    /** For people: {@code 1.4} or {@code 1.2.1}. */
    public static String describe(int version) {
        String text = major(version) + "." + minor(version);
        return tertiary(version) == 0 ? text : text + "." + tertiary(version);
    }
}
