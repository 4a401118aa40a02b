package io.doorbell.testkit.zoo;

import io.doorbell.simulation.cases.Case;
import io.doorbell.simulation.shrink.Size;

import org.jspecify.annotations.Nullable;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What came of a hunt.
 *
 * @param failing the first run that failed; null if none did
 * @param seeds how many were tried
 * @param nanos how long that took, by the clock on the wall
 * @param size of the run made small; null if it was not, or could not be
 */
public record Catch(@Nullable Case failing, int seeds, long nanos, @Nullable Size size) {
    private static final Pattern LAW = Pattern.compile("^(I\\d\\d)\\b");

    /** Whether a run failed. */
    public boolean found() {
        return failing != null;
    }

    /** What was seen, empty if nothing was. */
    public String problem() {
        return failing == null ? "" : failing.ending().problem();
    }

    /**
     * Who saw it: the law that was broken, such as {@code I06}; {@code host} if the host's driver
     * or its workload could not go on or got wrong data; {@code error} if something threw.
     */
    public String oracle() {
        if (failing == null) {
            return "";
        }
        Matcher law = LAW.matcher(failing.ending().cause());
        if (law.find()) {
            return law.group(1);
        }
        return problem().startsWith("exception ") ? "error" : "host";
    }

    Catch withSize(@Nullable Size shrunk) {
        return new Catch(failing, seeds, nanos, shrunk);
    }
}
