package io.doorbell.guest;

/** A foreign command in the hands of a queue. */
final class ForeignWork extends IoWork {
    private final ForeignCommand command;

    ForeignWork(ForeignCommand command) {
        super(null);
        this.command = command;
    }

    ForeignCommand command() {
        return command;
    }
}
