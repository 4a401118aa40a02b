package io.doorbell.testkit.examples;

import io.doorbell.testkit.host.Commands;
import io.doorbell.testkit.host.Expect;
import io.doorbell.testkit.host.Host;
import io.doorbell.testkit.host.HostQueue;
import io.doorbell.testkit.host.Vector;
import io.doorbell.testkit.junit.DoorbellExtension;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(DoorbellExtension.class)
class FirstCommandTest {
    private static final long MILLISECOND = 1_000_000;

    @Test
    void flush_completesAndInterruptsOnce(Host host) {
        HostQueue queue = host.start().createPair(1, 64);
        Vector vector = host.vector(1);

        int id = queue.submit(Commands.flush(1));
        vector.expectInterrupt();
        Expect.success(queue.expectCompletion(id));
        queue.ringHead();

        vector.expectNoInterrupt(MILLISECOND);
        queue.expectNoCompletion(MILLISECOND);
    }

    @Test
    void maskedVector_interruptsWhenUnmasked(Host host) {
        HostQueue queue = host.start().createPair(1, 64);
        Vector vector = host.vector(1);

        vector.setMasked(true);
        Expect.success(queue.run(Commands.flush(1)));
        vector.expectNoInterrupt(MILLISECOND);
        vector.setMasked(false);
        vector.expectInterrupt();
    }
}
