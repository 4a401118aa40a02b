package io.doorbell.cli.settings;

import java.util.List;

/** The settings cannot be used; the user has to mend them. Nothing was started. */
public final class BadSettingsException extends Exception {
    private final transient List<Problem> problems;

    BadSettingsException(List<Problem> problems) {
        super(problems.size() + " problems in the settings");
        this.problems = List.copyOf(problems);
    }

    /** All of them, in the order of files and lines; at least one. */
    public List<Problem> problems() {
        return problems;
    }
}
