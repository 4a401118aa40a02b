package io.doorbell.simulation.oracle;

/** I24: nothing a host does makes an actor of the device fail. */
final class NoFailure extends Oracle {
    NoFailure(Oracle.Post post) {
        super(post, "I24", "Nothing a host does makes a part of the device fail.", "Base 2.0 §9.5");
    }

    @Override
    public void actorFailed(String path, Throwable cause) {
        broken("an actor that goes on", path + " failed: " + cause);
    }
}
