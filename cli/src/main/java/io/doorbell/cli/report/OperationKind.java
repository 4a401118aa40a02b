package io.doorbell.cli.report;

import com.fasterxml.jackson.annotation.JsonValue;

/** What a host asks a disk to do. */
public enum OperationKind {
    READ("read"),
    WRITE("write"),
    FLUSH("flush"),
    WRITE_ZEROES("write zeroes"),
    DEALLOCATE("deallocate");

    private final String label;

    OperationKind(String label) {
        this.label = label;
    }

    /** As a person says it; with a dash for a space it is the name in JSON. */
    public String label() {
        return label;
    }

    @JsonValue
    String jsonName() {
        return label.replace(' ', '-');
    }
}
