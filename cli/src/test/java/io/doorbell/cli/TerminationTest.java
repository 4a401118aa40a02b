package io.doorbell.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.concurrent.atomic.AtomicInteger;

/** Which of the two comes first, the wish to stop or the way to do it. */
class TerminationTest {
    private final AtomicInteger stops = new AtomicInteger();

    @Test
    void wish_stopsTheCommand() {
        try (Termination termination = new Termination()) {
            termination.stopBy(stops::incrementAndGet);
            assertThat(stops).hasValue(0);

            termination.request();
        }
        assertThat(stops).hasValue(1);
    }

    @Test
    void wishBeforeTheCommandCanStop_stopsItAsSoonAsItCan() {
        try (Termination termination = new Termination()) {
            termination.request();
            assertThat(stops).hasValue(0);

            termination.stopBy(stops::incrementAndGet);
        }
        assertThat(stops).hasValue(1);
    }

    @Test
    void commandThatEndsByItself_isNotStopped() {
        try (Termination termination = new Termination()) {
            termination.stopBy(stops::incrementAndGet);
        }
        assertThat(stops).hasValue(0);
    }
}
