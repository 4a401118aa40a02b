package io.doorbell.reactor;

/** A thread that knows its reactor, so that code on it finds its way home without a table. */
final class ReactorThread extends Thread {
    private final Reactors owner;
    private final Reactor reactor;

    ReactorThread(Reactors owner, Reactor reactor, String name) {
        super(reactor, name);
        this.owner = owner;
        this.reactor = reactor;
    }

    boolean belongsTo(Reactors reactors) {
        return owner == reactors;
    }

    Reactor reactor() {
        return reactor;
    }
}
