package io.doorbell.simulation.shrink;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.simulation.fault.Fault;
import io.doorbell.simulation.fault.Survival;

import org.junit.jupiter.api.Test;

import java.util.List;

class FaultEditsTest {
    @Test
    void plainestComesFirst() {
        assertThat(FaultEdits.plainer(Fault.parse("lose at interrupt/1 nth 5 times 3 p 0.1")))
                .startsWith(Fault.parse("lose at interrupt/1"))
                .contains(Fault.parse("lose at interrupt/1 nth 2 times 3 p 0.1"));
    }

    /** A removal for good fails every host, whatever was wrong with the removal for a while. */
    @Test
    void whatHostsGetOver_staysSo() {
        Fault away = Fault.parse("remove at controller/step nth 6 amount 1500us");
        assertThat(away.survival()).isEqualTo(Survival.RESTARTED);
        assertThat(FaultEdits.plainer(away))
                .isNotEmpty()
                .allMatch(fault -> fault.amount() == away.amount());
    }

    @Test
    void onFirstQueue_sparesTheAdminQueue() {
        assertThat(
                        FaultEdits.onFirstQueue(
                                List.of(
                                        Fault.parse("lose at write/sq-3-tail"),
                                        Fault.parse("lose at write/sq-0-tail"))))
                .containsExactly(
                        Fault.parse("lose at write/sq-1-tail"),
                        Fault.parse("lose at write/sq-0-tail"));
    }
}
