package io.doorbell.vfiouser.posix;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;

@Timeout(60)
class EventWaitTest {
    private static final long LONG = Long.MAX_VALUE;

    private static List<Integer> look(EventWait wait) {
        List<Integer> signalled = new ArrayList<>();
        wait.look(signalled::add);
        return signalled;
    }

    @Test
    void signalledEvents_endTheWait_andAreNamed() throws Exception {
        try (EventWait wait = new EventWait();
                Descriptor first = Descriptor.event();
                Descriptor second = Descriptor.event();
                Descriptor third = Descriptor.event()) {
            wait.watch(List.of(first, second, third));
            assertThat(look(wait)).isEmpty();
            assertThat(wait.await(1)).isFalse();

            assertThat(first.signal()).isTrue();
            assertThat(third.signal()).isTrue();

            assertThat(wait.await(LONG)).isTrue();
            assertThat(look(wait)).containsExactly(0, 2);
            assertThat(first.takeEvents()).isOne();
            assertThat(look(wait)).containsExactly(2);
        }
    }

    @Test
    void wake_endsThisWaitOrTheNext_andNoOther() throws Exception {
        try (EventWait wait = new EventWait();
                Descriptor event = Descriptor.event()) {
            wait.watch(List.of(event));
            wait.wake();
            wait.wake();

            assertThat(wait.await(LONG)).isTrue();
            assertThat(wait.await(1)).isFalse();
            assertThat(look(wait)).isEmpty();

            FutureTask<Boolean> waiting = new FutureTask<>(() -> wait.await(LONG));
            Thread thread = Thread.ofPlatform().start(waiting);
            wait.wake();
            assertThat(waiting.get()).isTrue();
            thread.join();
        }
    }

    @Test
    void watchedNoLonger_endsNothing() throws Exception {
        try (EventWait wait = new EventWait();
                Descriptor event = Descriptor.event()) {
            wait.watch(List.of(event));
            assertThat(event.signal()).isTrue();

            wait.watch(List.of());

            assertThat(wait.await(1)).isFalse();
            assertThat(look(wait)).isEmpty();
        }
    }
}
