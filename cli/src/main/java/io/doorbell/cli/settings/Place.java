package io.doorbell.cli.settings;

import java.nio.file.Path;
import java.util.Comparator;

/**
 * Where something was said.
 *
 * @param source a file as the user would name it, or "command line --set"
 * @param line counted from one; 0 if there is none
 * @param folder what relative paths said here are relative to
 */
record Place(Layer layer, String source, int line, Path folder) {
    /** The order in which a person would look at the places. */
    static final Comparator<Place> READING_ORDER =
            Comparator.comparing(Place::layer)
                    .thenComparing(Place::source)
                    .thenComparingInt(Place::line);

    /** "application.conf:12". */
    String shown() {
        return line > 0 ? source + ":" + line : source;
    }
}
