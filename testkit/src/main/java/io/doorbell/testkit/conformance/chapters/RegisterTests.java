package io.doorbell.testkit.conformance.chapters;

import io.doorbell.spec.ControllerCapabilities;
import io.doorbell.spec.Registers;
import io.doorbell.testkit.conformance.Chapter;
import io.doorbell.testkit.conformance.Clause;
import io.doorbell.testkit.conformance.Level;
import io.doorbell.testkit.host.Expect;
import io.doorbell.testkit.host.Host;

/** Controller registers as they read (Base §3.1.3). */
@Chapter("Registers")
final class RegisterTests {
    @Clause(
            value = "PCIe §3.1.2",
            otherwise = "A driver that reads CAP as two dwords sees another controller.")
    void cap_readsTheSameAsQwordAndAsTwoDwords(Host host) {
        host.enableFunction();
        long low = host.read32(Registers.CAP) & 0xFFFF_FFFFL;
        long high = host.read32(Registers.CAP + 4);
        Expect.equal("CAP as two dwords", high << 32 | low, host.cap());
    }

    @Clause(
            value = "Base §3.1.3.1",
            otherwise = "A driver would create queues of one entry, which are never not full.")
    void capMqes_allowsAtLeastTwoEntries(Host host) {
        host.enableFunction();
        Expect.that(
                "CAP.MQES allows 2 entries",
                ControllerCapabilities.maximumQueueEntries(host.cap()) >= 2);
    }

    @Clause(
            value = "Base §3.1.3",
            level = Level.SHOULD,
            otherwise =
                    "A driver that probes optional registers finds features that are not there.",
            values = {0x18, 0x38, 0x3C, 0x40, 0x58, 0x5C, 0x60, 0xE00, 0xE08})
    void absentRegister_readsZero(Host host, long offset) {
        host.enableFunction();
        Expect.equal("register %Xh".formatted(offset), host.read32(offset), 0);
    }
}
