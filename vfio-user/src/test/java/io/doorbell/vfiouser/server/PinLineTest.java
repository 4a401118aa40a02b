package io.doorbell.vfiouser.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.vfiouser.posix.Descriptor;
import io.doorbell.vfiouser.posix.PosixException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

class PinLineTest {
    private final Queue<Runnable> settling = new ArrayDeque<>();
    private final PinLine line = new PinLine(settling::add);
    private final Descriptor event = event();

    private static Descriptor event() {
        try {
            return Descriptor.event();
        } catch (PosixException refused) {
            throw new AssertionError(refused);
        }
    }

    private void settle() {
        List.copyOf(settling).forEach(Runnable::run);
        settling.clear();
    }

    @AfterEach
    void close() {
        line.close();
    }

    @Test
    void assertion_isSignalledOnce_andAgainAfterAnUnmask() throws Exception {
        line.connect(event);
        line.set(true);
        line.set(true);
        assertThat(event.takeEvents()).as("not before it has settled").isZero();
        settle();
        assertThat(event.takeEvents()).isEqualTo(1);

        line.unmask();
        assertThat(event.takeEvents()).as("not before it has settled").isZero();
        settle();
        assertThat(event.takeEvents()).as("still asserted").isEqualTo(1);
    }

    @Test
    void levelThatEndsWhileItSettles_isNotSignalled() throws Exception {
        line.connect(event);
        line.set(true);
        line.set(false); // consumed before it was told
        settle();
        assertThat(event.takeEvents()).isZero();

        line.set(true);
        settle();
        assertThat(event.takeEvents()).isEqualTo(1);
        line.unmask();
        line.set(false);
        settle();
        assertThat(event.takeEvents()).isZero();

        line.set(true);
        settle();
        assertThat(event.takeEvents()).as("a new one").isEqualTo(1);
    }

    @Test
    void masked_waitsForTheUnmask() throws Exception {
        line.connect(event);
        line.mask();
        line.set(true);
        assertThat(event.takeEvents()).isZero();
        line.unmask();
        settle();
        assertThat(event.takeEvents()).isEqualTo(1);
    }

    @Test
    void eventThatComesLater_isSignalledIfDue() throws Exception {
        line.set(true);
        line.connect(null);
        line.connect(event);
        settle();
        assertThat(event.takeEvents()).isEqualTo(1);
    }
}
