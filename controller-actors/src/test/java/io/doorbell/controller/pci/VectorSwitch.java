package io.doorbell.controller.pci;

import io.doorbell.bus.pci.MsixMessage;

import org.apache.pekko.actor.typed.ActorRef;

/** Opens and closes a vector as {@link PciConfiguration} does, for tests of those who send. */
public record VectorSwitch(MsixVector vector, ActorRef<MsixMessage> target, MsixMessage message) {
    public void open() {
        vector.open(target, message);
    }

    public void close() {
        vector.close();
    }

    public boolean isPending() {
        return vector.isPending();
    }
}
