package io.doorbell.cli.simulated;

import io.doorbell.simulation.cases.Case;

/** A JUnit test that runs a case: red for as long as it fails, green once it is mended. */
public final class JunitCase {
    private static final String QUOTES = "\"\"\"";

    private JunitCase() {}

    /**
     * The source of the test; it needs the module {@code simulation} and JUnit.
     *
     * @param className what the class is called
     */
    public static String source(String className, Case theCase) {
        String text =
                theCase.text().replace("\\", "\\\\").replace(QUOTES, "\\\"\\\"\\\"").indent(12);
        return """
               import static org.junit.jupiter.api.Assertions.assertEquals;

               import io.doorbell.simulation.cases.Case;
               import io.doorbell.simulation.cases.CaseException;
               import io.doorbell.simulation.lab.Laboratory;
               import io.doorbell.simulation.lab.Outcome;

               import org.junit.jupiter.api.Test;

               /** Found by seed %d: %s. */
               class %s {
                   private static final String CASE =
                           %s
               %s            %s;

                   @Test
                   void run_holds() throws CaseException {
                       Case recorded = Case.parse(CASE);
                       try (Laboratory laboratory = new Laboratory()) {
                           Outcome outcome = laboratory.run(recorded.scenario(), recorded.plan(false));

                           assertEquals("", outcome.problem());
                       }
                   }
               }
               """
                .formatted(theCase.seed(), comment(theCase), className, QUOTES, text, QUOTES);
    }

    private static String comment(Case theCase) {
        return theCase.ending().cause().replace("*/", "* /").replace("\\", "/");
    }

    /** The name of the class in a file of that name, or null if it can be none. */
    public static String className(String fileName) {
        String name = fileName.replaceFirst("\\.java$", "");
        return name.matches("[A-Za-z_$][A-Za-z0-9_$]*") ? name : "";
    }
}
