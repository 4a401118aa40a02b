package io.doorbell.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

class ProgressBarTest {
    private static final long SECOND = 1_000_000_000;
    private final StringWriter terminal = new StringWriter();

    @Test
    void line_showsDoneTotalRateAndTimeLeft() {
        assertThat(ProgressLine.draw("Replaying", 1_000, 4_000, 2 * SECOND))
                .isEqualTo("Replaying  [#####...............]  1,000/4,000  500/s  0:06 left");
        assertThat(ProgressLine.draw("Replaying", 4_000, 4_000, 2 * SECOND))
                .isEqualTo("Replaying  [####################]  4,000/4,000  2,000/s");
    }

    @Test
    void lineWithoutATotal_hasNoBar() {
        assertThat(ProgressLine.draw("Replaying", 500, 0, SECOND))
                .isEqualTo("Replaying  500  500/s");
        assertThat(ProgressLine.draw("Starting", 0, 100, 0))
                .isEqualTo("Starting  [....................]  0/100  0/s");
    }

    @Test
    void longLine_neverWraps() {
        assertThat(ProgressLine.draw("x".repeat(200), 1, 2, SECOND)).hasSize(79);
    }

    @Test
    void bar_redrawsItsLineAndWipesItAtTheEnd() {
        AtomicLong clock = new AtomicLong();
        ProgressBar bar = ProgressBar.still(new PrintWriter(terminal), clock::get);
        bar.draw();
        bar.stage("Replaying", 10, () -> 5);
        clock.set(SECOND);
        bar.draw();
        bar.close();

        assertThat(terminal.toString())
                .isEqualTo(
                        "\r\033[KReplaying  [##########..........]  5/10  5/s  0:01 left\r\033[K");
    }

    @Test
    void openBar_asksFromItsOwnThread() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(2);
        Queue<String> askers = new ConcurrentLinkedQueue<>();
        try (ProgressBar bar = ProgressBar.open(new PrintWriter(terminal))) {
            bar.stage(
                    "Replaying",
                    10,
                    () -> {
                        askers.add(Thread.currentThread().getName());
                        asked.countDown();
                        return 5;
                    });
            assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(askers).containsOnly("progress-bar");
    }
}
