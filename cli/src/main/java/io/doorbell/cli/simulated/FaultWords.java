package io.doorbell.cli.simulated;

import io.doorbell.cli.lab.InputException;
import io.doorbell.simulation.explore.Draw;
import io.doorbell.simulation.fault.Fault;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** What {@code --faults} says: {@code drawn}, {@code none}, or faults. */
public final class FaultWords {
    private FaultWords() {}

    /**
     * What becomes of the faults that a seed draws.
     *
     * @throws InputException if a word is no fault
     */
    public static UnaryOperator<Draw> of(List<String> words) throws InputException {
        if (words.equals(List.of("drawn"))) {
            return draw -> draw;
        }
        if (words.equals(List.of("none"))) {
            return Draw::withoutFaults;
        }
        List<Fault> faults = new ArrayList<>();
        for (String word : words) {
            try {
                faults.add(Fault.parse(word));
            } catch (IllegalArgumentException refused) {
                throw InputException.of(
                        "--faults " + refused.getMessage(),
                        "'drawn' alone takes the seed's own faults, 'none' alone takes none.");
            }
        }
        return draw -> draw.withFaults(faults);
    }
}
