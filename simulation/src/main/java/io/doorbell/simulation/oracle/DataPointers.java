package io.doorbell.simulation.oracle;

import io.doorbell.simulation.observe.CommandTable;
import io.doorbell.simulation.observe.CommandTable.DataWay;
import io.doorbell.simulation.observe.Posting;

/** I25: the device moves what the data pointer describes. */
final class DataPointers extends Oracle {
    DataPointers(Oracle.Post post) {
        super(
                post,
                "I25",
                "The controller reads all that a command describes before it reports success, and a data pointer that leads nowhere is an error.",
                "Base 2.0 §4.1");
    }

    @Override
    public void posting(Posting posting) {
        int command = posting.command();
        if (command == CommandTable.NONE
                || !posting.isSuccess()
                || model().isExcused(posting.sqId(), posting.commandId())) {
            return;
        }
        CommandTable commands = model().commands();
        if (commands.isExact(command) && commands.isMalformed(command)) {
            broken("an error: the data pointer leads nowhere", posting.describe());
        } else if (commands.isExact(command)
                && commands.way(command) == DataWay.FROM_HOST
                && commands.touchedBytes(command) < commands.describedBytes(command)) {
            broken(
                    "%d bytes loaded".formatted(commands.describedBytes(command)),
                    "%d, then %s".formatted(commands.touchedBytes(command), posting.describe()));
        }
    }
}
