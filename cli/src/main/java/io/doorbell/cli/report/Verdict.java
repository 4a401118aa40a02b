package io.doorbell.cli.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The outcome of a run in a sentence. */
final class Verdict {
    private Verdict() {}

    static String of(RunReport report) {
        return report.held() ? held(report) : failed(report);
    }

    private static String held(RunReport report) {
        String operations = count(report.commandsTotal(), "operation");
        if (!report.verification().enabled()) {
            return "Held: " + operations + ", no error; reads were not verified.";
        }
        long image = report.verification().imageBlocksVerified();
        String imageToo = image == 0 ? "" : ", and " + count(image, "block") + " of the image";
        return "Held: " + operations + ", every read verified" + imageToo + ".";
    }

    private static String failed(RunReport report) {
        List<String> faults = new ArrayList<>();
        VerificationReport verification = report.verification();
        if (verification.failures() > 0) {
            faults.add(count(verification.failures(), "block") + " read wrong");
        }
        if (verification.imageFailures() > 0) {
            faults.add(count(verification.imageFailures(), "block") + " wrong in the image");
        }
        if (report.errorsTotal() > 0) {
            faults.add(count(report.errorsTotal(), "error"));
        }
        return "FAILED: "
                + String.join(", ", faults)
                + ", in "
                + count(report.commandsTotal(), "operation")
                + ".";
    }

    private static String count(long count, String thing) {
        return String.format(Locale.ROOT, "%,d %s%s", count, thing, count == 1 ? "" : "s");
    }
}
