package io.doorbell.vfiouser.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.vfiouser.posix.Descriptor;
import io.doorbell.vfiouser.posix.PosixException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayDeque;
import java.util.Queue;

class PinLineTest {
    private int questions;
    private final Queue<Runnable> later = new ArrayDeque<>();
    private final PinLine line = new PinLine(() -> questions++, later::add);
    private final Descriptor event = event();

    private static Descriptor event() {
        try {
            return Descriptor.event();
        } catch (PosixException refused) {
            throw new AssertionError(refused);
        }
    }

    /** As a handler does: it writes the head, and QEMU unmasks after that. */
    private void handle() {
        line.handled();
        line.unmask();
    }

    private void answer(boolean asserted) {
        assertThat(questions).as("questions under way").isEqualTo(1);
        questions--;
        line.answered(asserted);
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
        assertThat(event.takeEvents()).isEqualTo(1);

        handle();
        assertThat(event.takeEvents()).as("not before the function has answered").isZero();
        answer(true);
        assertThat(event.takeEvents()).as("still asserted").isEqualTo(1);
        assertThat(questions).isZero();
    }

    @Test
    void levelThatEndedBeforeTheUnmask_isNotSignalled_whenTheNewsOfItComesLate() throws Exception {
        line.connect(event);
        line.set(true);
        assertThat(event.takeEvents()).isEqualTo(1);

        handle();
        answer(false);
        assertThat(event.takeEvents()).isZero();
        line.set(false);
        assertThat(event.takeEvents()).isZero();
        line.set(true);
        assertThat(event.takeEvents()).as("a new one").isEqualTo(1);
    }

    @Test
    void levelThatEndsAfterTheAnswerLeft_isNotSignalled() throws Exception {
        line.connect(event);
        line.set(true);
        assertThat(event.takeEvents()).isEqualTo(1);
        handle();
        line.set(false);
        answer(true);
        assertThat(event.takeEvents()).isZero();
    }

    @Test
    void unmaskedWhileTheFunctionIsAsked_itIsAskedOnceMore_however_often() throws Exception {
        line.connect(event);
        line.set(true);
        assertThat(event.takeEvents()).isEqualTo(1);
        handle();
        handle();
        line.unmask();
        answer(true);
        assertThat(event.takeEvents()).as("an answer to an older question").isZero();
        answer(true);
        assertThat(event.takeEvents()).isEqualTo(1);
        assertThat(questions).isZero();
    }

    @Test
    void masked_waitsForTheUnmask() throws Exception {
        line.connect(event);
        line.mask();
        line.set(true);
        assertThat(event.takeEvents()).isZero();
        line.unmask();
        answer(true);
        assertThat(event.takeEvents()).isEqualTo(1);
    }

    @Test
    void eventThatComesLater_isSignalledIfDue() throws Exception {
        line.set(true);
        line.connect(null);
        assertThat(questions).isZero();
        line.connect(event);
        answer(true);
        assertThat(event.takeEvents()).isEqualTo(1);
    }

    @Test
    void unmaskedByAnotherProcessor_beforeTheSignalWasHandled_itWaitsForTheHandler()
            throws Exception {
        line.connect(event);
        line.set(true);
        assertThat(event.takeEvents()).isEqualTo(1);
        line.unmask(); // a tail was written, the head not yet
        line.unmask();
        assertThat(questions).isZero();

        line.handled(); // QEMU will not unmask again
        answer(true);
        assertThat(event.takeEvents()).as("there are newer entries").isEqualTo(1);

        line.unmask();
        line.handled();
        answer(false);
        assertThat(event.takeEvents()).as("there are none").isZero();
        later.forEach(Runnable::run);
        assertThat(questions).as("nothing was lost").isZero();
    }

    @Test
    void signalThatNobodyHandles_isRepeated_whenItMustHaveBeenLost() throws Exception {
        line.connect(event);
        line.set(true);
        assertThat(event.takeEvents()).isEqualTo(1);
        line.unmask();
        line.unmask();
        assertThat(later).as("one timer, however often").hasSize(1);
        later.remove().run();
        answer(true);
        assertThat(event.takeEvents()).isEqualTo(1);

        line.unmask();
        later.remove().run();
        answer(false);
        assertThat(event.takeEvents()).isZero();
    }
}
