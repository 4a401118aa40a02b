package io.doorbell.cli.machine;

import io.doorbell.bus.pci.PciPort;
import io.doorbell.controller.queue.ShardCounters;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

import java.util.function.Consumer;

/** The device of a machine, as the root of its actors has it. */
interface Device {
    /**
     * Powers it on, below the root.
     *
     * @param lost told why it cannot be reached any more; from then on nothing changes in it, and
     *     loads give all ones
     * @return who fails if it fails
     */
    ActorRef<?> powerOn(ActorContext<?> root, Consumer<String> lost);

    /** Where a host reaches it. */
    void port(ActorRef<PciPort> replyTo);

    /** What it has counted; of a device in another process what goes by here, and no more. */
    void counters(ActorRef<ShardCounters> replyTo);
}
