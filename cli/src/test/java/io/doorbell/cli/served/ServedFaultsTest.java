package io.doorbell.cli.served;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.simulation.fault.Fault;
import io.doorbell.spec.Registers;
import io.doorbell.spec.Status;
import io.doorbell.testkit.host.Commands;
import io.doorbell.testkit.host.Completion;
import io.doorbell.testkit.host.Host;
import io.doorbell.testkit.host.HostQueue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What a host sees of faults in a controller that is served on a socket. */
@Timeout(120)
class ServedFaultsTest {
    private static final int BLOCK = 512;

    @TempDir private Path folder = Path.of("");
    private final BlockingQueue<String> struck = new LinkedBlockingQueue<>();
    private final ServedFaults faults =
            new ServedFaults(1, each -> struck.add(each.strike().toString()));
    private ServedRig rig;
    private Host host;
    private HostQueue queue;

    @BeforeEach
    void powerOn() throws Exception {
        rig = new ServedRig(folder, faults, null);
        host = rig.host();
        host.start();
        queue = host.createPair(1, 16, 16, 1);
    }

    @AfterEach
    void powerOff() throws Exception {
        rig.close();
    }

    private void arm(String fault) {
        faults.arm(Fault.parse(fault));
    }

    private void expectStruck(String strike) throws InterruptedException {
        assertThat(struck.poll(20, TimeUnit.SECONDS)).isEqualTo(strike);
    }

    private Completion read() {
        return queue.run(Commands.read(1, 0, 1, host.memory().pages(1)));
    }

    @Test
    void withoutFaults_allIsWell() {
        assertThat(read().status()).isEqualTo(Status.SUCCESS);
        host.vector(1).expectInterrupt();
    }

    @Test
    void lostInterrupt_leavesTheCompletionToBePolled() throws Exception {
        arm("lose at interrupt/1");
        assertThat(read().status()).isEqualTo(Status.SUCCESS);
        expectStruck("lose at interrupt/1");
        assertThat(host.vector(1).count()).isZero();

        assertThat(read().status()).isEqualTo(Status.SUCCESS);
        host.vector(1).expectInterrupt();
    }

    @Test
    void hungCommand_isNeverCompleted_othersAre_andAResetEndsIt() throws Exception {
        arm("hang at commands/cq-1 opcode 02h");
        int hung = queue.submit(Commands.read(1, 0, 1, host.memory().pages(1)));
        expectStruck("hang at commands/cq-1");
        int other = queue.submit(Commands.flush(1));
        assertThat(queue.expectCompletion(other).commandId()).isNotEqualTo(hung);

        host.restart();
        queue = host.createPair(1, 16, 16, 1);
        assertThat(read().status()).isEqualTo(Status.SUCCESS);
    }

    @Test
    void slowCommand_isOvertaken_andStillCompletes() throws Exception {
        arm("slow at commands/sq-1 opcode 02h amount 300ms");
        long start = System.nanoTime();
        int slow = queue.submit(Commands.read(1, 0, 1, host.memory().pages(1)));
        expectStruck("slow at commands/sq-1");
        queue.expectCompletion(queue.submit(Commands.flush(1)));
        queue.ringHead();

        queue.expectCompletion(slow);
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(300_000_000L);
    }

    @Test
    void failedCommand_hasTheStatusAsked() {
        arm("fail at commands/cq-1 amount 6h");
        assertThat(read().status()).isEqualTo(Status.INTERNAL_ERROR);
        assertThat(read().status()).isEqualTo(Status.SUCCESS);
    }

    @Test
    void adminCommand_failsWithoutBeingExecuted() {
        arm("fail at execution/sq-0 opcode 06h");
        long page = host.memory().pages(1);
        assertThat(host.admin(Commands.identify(1, 0, page)).status())
                .isEqualTo(Status.INTERNAL_ERROR);
        assertThat(host.memory().getLong(page)).isZero();
    }

    @Test
    void mediaError_isTold_andLeavesTheBlockAsItWas() {
        long page = host.memory().pages(1);
        byte[] content = host.memory().fillRandom(page, BLOCK, 5);
        arm("fail at media/read nth 2");
        arm("fail at media/write nth 2");
        assertThat(queue.run(Commands.write(1, 3, 1, page)).status()).isEqualTo(Status.SUCCESS);
        assertThat(queue.run(Commands.write(1, 3, 1, page + 2048)).status())
                .isEqualTo(Status.WRITE_FAULT);

        long target = host.memory().pages(1);
        assertThat(queue.run(Commands.read(1, 3, 1, target)).status()).isEqualTo(Status.SUCCESS);
        assertThat(host.memory().bytes(target, BLOCK)).isEqualTo(content);
        assertThat(queue.run(Commands.read(1, 3, 1, target)).status())
                .isEqualTo(Status.UNRECOVERED_READ_ERROR);
    }

    @Test
    void lostDoorbell_isMadeUpForByTheNext() throws Exception {
        arm("lose at write/sq-1-tail");
        queue.submit(Commands.flush(1));
        expectStruck("lose at write/sq-1-tail");
        queue.submit(Commands.flush(1));
        queue.expectCompletion();
        queue.expectCompletion();
    }

    @Test
    void register_readsAllOnesOnce() {
        arm("all-ones at read/csts");
        assertThat(host.csts()).isEqualTo(-1);
        assertThat(host.isReady()).isTrue();
    }

    @Test
    void failedController_saysSo_andIsReset() throws Exception {
        arm("cfs at controller/step");
        queue.submit(Commands.flush(1));
        expectStruck("cfs at controller/step");
        host.expect("CSTS.CFS", host::isFatal);

        host.restart();
        queue = host.createPair(1, 16, 16, 1);
        assertThat(read().status()).isEqualTo(Status.SUCCESS);
    }

    @Test
    void removedDevice_readsAllOnes_touchesNothing_andIsLostForGood() throws Exception {
        arm("remove at controller/step");
        long page = host.memory().pages(1);
        queue.submit(Commands.read(1, 0, 1, page));
        expectStruck("remove at controller/step");

        host.expect("it is out", () -> host.csts() == -1);
        assertThat(host.cap()).isEqualTo(-1L);
        assertThat(host.config(0, 4)).isEqualTo(-1);
        boolean came = queue.hasCompletion();
        long interrupts = host.vector(1).count();
        queue.submit(Commands.read(1, 0, 1, page));
        host.function().reset();
        assertThat(host.read32(Registers.VS)).isEqualTo(-1);
        assertThat(queue.hasCompletion()).isEqualTo(came);
        assertThat(host.vector(1).count()).isEqualTo(interrupts);
    }

    @Test
    void deviceThatComesBack_hasFailed_andIsReset() throws Exception {
        arm("remove at controller/step amount 300ms");
        queue.submit(Commands.flush(1));
        expectStruck("remove at controller/step");
        host.expect("it is out", () -> host.csts() == -1);
        host.expect("it is back", () -> host.csts() != -1);
        assertThat(host.isFatal()).isTrue();

        host.restart();
        queue = host.createPair(1, 16, 16, 1);
        assertThat(read().status()).isEqualTo(Status.SUCCESS);
    }

    @Test
    void clearedFaults_strikeNoMore() {
        arm("fail at commands/cq-1 times 100");
        assertThat(read().status()).isEqualTo(Status.INTERNAL_ERROR);
        assertThat(faults.clear()).isEqualTo(1);
        assertThat(read().status()).isEqualTo(Status.SUCCESS);
        assertThat(faults.status()).isEmpty();
    }
}
