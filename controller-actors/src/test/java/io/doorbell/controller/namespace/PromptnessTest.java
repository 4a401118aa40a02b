package io.doorbell.controller.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PromptnessTest {
    private long nowNanos;
    private final Promptness promptness = new Promptness(() -> nowNanos);

    private void answerAfter(long nanos) {
        long asked = promptness.now();
        nowNanos += nanos;
        promptness.answered(asked);
    }

    @Test
    void diskThatAnswersAtOnce_isPrompt() {
        assertThat(promptness.isPrompt()).isTrue();
        answerAfter(Promptness.SLOW_NANOS);
        assertThat(promptness.isPrompt()).isTrue();
    }

    @Test
    void oneSlowAnswer_countsForAWhile() {
        answerAfter(Promptness.SLOW_NANOS + 1);
        assertThat(promptness.isPrompt()).isFalse();
        nowNanos += Promptness.REST_NANOS;
        assertThat(promptness.isPrompt()).isFalse();
        nowNanos++;
        assertThat(promptness.isPrompt()).isTrue();
    }

    @Test
    void answersOfWorkersCountAsWell() {
        answerAfter(Promptness.SLOW_NANOS + 1);
        nowNanos += Promptness.REST_NANOS / 2;
        answerAfter(Promptness.SLOW_NANOS + 1);
        nowNanos += Promptness.REST_NANOS / 2 + 1;
        assertThat(promptness.isPrompt()).isFalse();
    }
}
