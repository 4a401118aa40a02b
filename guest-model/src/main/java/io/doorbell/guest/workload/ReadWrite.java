package io.doorbell.guest.workload;

import java.util.Arrays;
import java.util.List;

/** fio's {@code rw}: which operations, in which order of addresses. */
public enum ReadWrite {
    READ("read", false),
    WRITE("write", false),
    /** Reads and writes mixed, each in its own sequence. */
    RW("rw", false),
    TRIM("trim", false),
    /** Each unit is deallocated, then written. */
    TRIMWRITE("trimwrite", false),
    RANDREAD("randread", true),
    RANDWRITE("randwrite", true),
    RANDRW("randrw", true),
    RANDTRIM("randtrim", true),
    RANDTRIMWRITE("randtrimwrite", true);

    private final String word;
    private final boolean random;

    ReadWrite(String word, boolean random) {
        this.word = word;
        this.random = random;
    }

    /** fio's word for it. */
    public String word() {
        return word;
    }

    /** True when addresses come in random order. */
    public boolean isRandom() {
        return random;
    }

    /** True when {@code rwmixread} decides between reads and writes. */
    public boolean isMixed() {
        return this == RW || this == RANDRW;
    }

    /** True when each unit is deallocated and then written. */
    public boolean isTrimThenWrite() {
        return this == TRIMWRITE || this == RANDTRIMWRITE;
    }

    /** True when any block may change. */
    public boolean changesBlocks() {
        return this != READ && this != RANDREAD;
    }

    /** The operation of a job that has just one; mixes start with this one. */
    Operation firstOperation() {
        return switch (this) {
            case READ, RANDREAD, RW, RANDRW -> Operation.READ;
            case WRITE, RANDWRITE -> Operation.WRITE;
            case TRIM, RANDTRIM, TRIMWRITE, RANDTRIMWRITE -> Operation.DEALLOCATE;
        };
    }

    /**
     * Understands fio's words, {@code readwrite} among them.
     *
     * @throws IllegalArgumentException for any other, with the nearest valid one
     */
    public static ReadWrite parse(String word) {
        if (word.equals("readwrite")) {
            return RW;
        }
        for (ReadWrite candidate : values()) {
            if (candidate.word.equals(word)) {
                return candidate;
            }
        }
        List<String> valid = Arrays.stream(values()).map(ReadWrite::word).toList();
        throw new IllegalArgumentException(
                "rw is '" + word + "', not one of fio's words" + NearestWord.hint(word, valid));
    }
}
