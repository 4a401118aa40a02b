package io.doorbell.controller;

/** What resets a controller, from the one that keeps most to the one that keeps least. */
public enum ResetKind {
    /** CC.EN cleared (Base §3.7.2): AQA, ASQ, ACQ and all of PCI stay. */
    CONTROLLER("CC.EN cleared"),
    /** Function level reset or conventional reset (Base §3.7.3, PCIe Base §6.6). */
    FUNCTION("function reset"),
    /** NSSR was written (Base §3.7.1): CSTS.NSSRO tells of it. */
    SUBSYSTEM("NVM subsystem reset");

    private final String reason;

    ResetKind(String reason) {
        this.reason = reason;
    }

    /** For a log. */
    String reason() {
        return reason;
    }

    ResetKind stronger(ResetKind other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
