package io.doorbell.testkit.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.doorbell.bus.pci.PciFunction;
import io.doorbell.testkit.junit.DoorbellExtension;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** What {@link Host#expectNoMemoryWrite} sees, and what it leaves alone. */
@ExtendWith(DoorbellExtension.class)
class MemoryProbeTest {
    private static final int BLOCK = 512;
    private static final long MILLISECOND = 1_000_000;

    private final Host host;

    MemoryProbeTest(Host host) {
        this.host = host;
    }

    @BeforeEach
    void start() {
        host.start();
    }

    private static void assertSeen(ThrowingCallable probe, String message) {
        assertThatThrownBy(probe).isInstanceOf(AssertionError.class).hasMessageContaining(message);
    }

    @Test
    void storeOfTheSameBytes_isSeen() {
        HostQueue queue = host.createPair(1, 64);
        long page = host.memory().pages(1); // zeros, as blocks that were never written
        assertSeen(
                () ->
                        host.expectNoMemoryWrite(
                                page, BLOCK, () -> queue.run(Commands.read(1, 0, 1, page))),
                "the device stored 512 bytes at %Xh after 0 ns, expected no store into the 512"
                                .formatted(page)
                        + " bytes at %Xh".formatted(page));
    }

    @Test
    void everyEdgeOfTheRange_isWatched() {
        HostQueue queue = host.createPair(1, 64);
        long block = host.memory().pages(1) + 1024;
        Runnable read = () -> Expect.success(queue.run(Commands.read(1, 0, 1, block)));
        host.expectNoMemoryWrite(block - BLOCK, BLOCK, read);
        host.expectNoMemoryWrite(block + BLOCK, BLOCK, read);
        assertSeen(() -> host.expectNoMemoryWrite(block - BLOCK, BLOCK + 1, read), "stored");
        assertSeen(() -> host.expectNoMemoryWrite(block + BLOCK - 1, 1, read), "stored");
        assertSeen(() -> host.expectNoMemoryWrite(block - 8, 4096, read), "stored");
        assertSeen(() -> host.expectNoMemoryWrite(block + 8, 8, read), "stored");
    }

    @Test
    void completionEntry_isAStore() {
        HostQueue queue = host.createPair(1, 64);
        assertSeen(
                () ->
                        host.expectNoMemoryWrite(
                                queue.completionBase(), 16, () -> queue.run(Commands.flush(1))),
                "the device stored 8 bytes at %Xh".formatted(queue.completionBase()));
    }

    @Test
    void storesOfTheHost_areItsOwn() {
        long page = host.memory().pages(1);
        host.expectNoMemoryWrite(page, 4096, () -> host.memory().fill(page, 4096, 0xFF));
    }

    @Test
    void whatIsOnItsWayAfterTheAction_isSeen() {
        HostQueue queue = host.createPair(1, 64);
        long page = host.memory().pages(1);
        queue.put(Commands.read(1, 0, 1, page));
        assertSeen(() -> host.expectNoMemoryWrite(page, BLOCK, queue::ring), "stored");
    }

    @Test
    void overATime_endsWithTheFirstStore() {
        HostQueue queue = host.createPair(1, 64);
        long page = host.memory().pages(1);
        long before = host.function().nanoTime();
        host.expectNoMemoryWrite(page, BLOCK, MILLISECOND);
        assertThat(host.function().nanoTime()).isEqualTo(before + MILLISECOND);
        queue.submit(Commands.read(1, 0, 1, page));
        assertSeen(() -> host.expectNoMemoryWrite(page, BLOCK, MILLISECOND), "stored");
        assertThat(host.function().nanoTime()).isLessThan(before + 2 * MILLISECOND);
    }

    @Test
    void actionThatFails_failsByItself() {
        Runnable failing =
                () -> {
                    throw new IllegalStateException("the action's own");
                };
        assertThatIllegalStateException()
                .isThrownBy(() -> host.expectNoMemoryWrite(4096, BLOCK, failing))
                .withMessage("the action's own");
    }

    @Test
    void storesBeforeTheProbe_areNotItsOwn() {
        HostQueue queue = host.createPair(1, 64);
        long page = host.memory().pages(1);
        queue.run(Commands.read(1, 0, 1, page));
        host.expectNoMemoryWrite(page, BLOCK, MILLISECOND);
    }

    @Test
    void emptyRange_isAMistake() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> host.expectNoMemoryWrite(0, 0, MILLISECOND));
    }

    /** Another function's stores show only in the bytes. */
    @Test
    void functionThatTellsNoStores_isSeenByChangedBytes() {
        PciFunction silent = silent(host.function());
        Host other = new Host(silent);
        other.start();
        HostQueue queue = other.createPair(1, 64);
        long page = other.memory().pages(64) + 63 * 4096; // far from what the first host has used
        Runnable read = () -> Expect.success(queue.run(Commands.read(1, 0, 1, page)));
        other.expectNoMemoryWrite(page, BLOCK, read);
        other.memory().fill(page, BLOCK, 0x5A);
        assertSeen(
                () -> other.expectNoMemoryWrite(page, BLOCK, read),
                "memory at %Xh changed from 5Ah to 00h".formatted(page));
        other.memory().fill(page, BLOCK, 0x5A);
        queue.submit(Commands.read(1, 0, 1, page));
        assertSeen(() -> other.expectNoMemoryWrite(page, BLOCK, MILLISECOND), "changed");
    }

    private static PciFunction silent(PciFunction function) {
        return (PciFunction)
                Proxy.newProxyInstance(
                        PciFunction.class.getClassLoader(),
                        new Class<?>[] {PciFunction.class},
                        (_, method, arguments) -> {
                            try {
                                return method.invoke(function, arguments);
                            } catch (InvocationTargetException thrown) {
                                throw thrown.getTargetException();
                            }
                        });
    }
}
