package io.doorbell.testkit.conformance.chapters;

import io.doorbell.testkit.conformance.NotApplicable;
import io.doorbell.testkit.host.Host;

/** Time that passes only while the host waits. */
final class VirtualTime {
    private VirtualTime() {}

    /**
     * The test goes on only in virtual time.
     *
     * @param why such as "three hours pass"
     */
    static void needed(Host host, String why) {
        NotApplicable.unless(
                host.function().isTimeVirtual(),
                why + ", and the time of this device goes on by itself");
    }
}
