package io.doorbell.simulation.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class MessagesUnderWayTest {
    private final MessagesUnderWay messages = new MessagesUnderWay();
    private final List<String> answers = new ArrayList<>();

    @Test
    void answerStaysBehindMessagesThatLeftBeforeIt() {
        messages.left();
        long before = messages.soFar();
        messages.left();
        messages.after(before, () -> answers.add("answer"));
        assertThat(answers).isEmpty();
        messages.arrived();
        assertThat(answers).containsExactly("answer");
    }

    @Test
    void answerWithNothingBeforeIt_isThereAtOnce() {
        messages.left();
        messages.arrived();
        messages.after(messages.soFar(), () -> answers.add("answer"));
        assertThat(answers).containsExactly("answer");
    }

    @Test
    void answersKeepTheirOrder() {
        messages.left();
        messages.after(1, () -> answers.add("first"));
        messages.after(0, () -> answers.add("second"));
        assertThat(answers).isEmpty();
        messages.arrived();
        assertThat(answers).containsExactly("first", "second");
    }
}
