package io.doorbell.controller.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A fence waits for the long commands before it; those that keep coming would hold it for ever. */
class UnfinishedTest {
    private final Unfinished unfinished = new Unfinished();

    @Test
    void fence_waitsForWhatBeganBeforeIt_andForNothingElse() {
        long before = unfinished.now();
        unfinished.add(before);
        unfinished.add(before);
        long fence = unfinished.fence();
        long after = unfinished.now();
        unfinished.add(after);
        assertThat(unfinished.isPast(fence)).isFalse();
        unfinished.remove(before);
        assertThat(unfinished.isPast(fence)).isFalse();
        unfinished.remove(before);
        assertThat(unfinished.isPast(fence)).isTrue();
        long next = unfinished.fence();
        assertThat(unfinished.isPast(next)).isFalse();
        unfinished.remove(after);
        assertThat(unfinished.isPast(next)).isTrue();
    }
}
