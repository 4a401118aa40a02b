package io.doorbell.guest.workload;

import org.jspecify.annotations.Nullable;

import java.util.TreeMap;

/** The files an iolog names and the state each is in. Just one of them may see I/O. */
final class IologFiles {
    private enum State {
        ADDED,
        OPEN,
        CLOSED
    }

    private final String logName;
    private final TreeMap<String, State> states = new TreeMap<>();
    private @Nullable String fileWithIo;
    private int fileWithIoLine;

    IologFiles(String logName) {
        this.logName = logName;
    }

    void add(String file, int line) {
        State state = states.get(file);
        if (state == State.OPEN) {
            throw new IologException(logName, line, "'" + file + "' is added while it is open");
        }
        states.put(file, State.ADDED);
    }

    void open(String file, int line) {
        if (!states.containsKey(file)) {
            throw new IologException(
                    logName,
                    line,
                    "'" + file + "' is opened but was never added; put '" + file + " add' before");
        }
        states.put(file, State.OPEN);
    }

    void close(String file, int line) {
        requireOpen(file, "close", line);
        states.put(file, State.CLOSED);
    }

    void useForIo(String file, String action, int line) {
        requireOpen(file, action, line);
        if (fileWithIo == null) {
            fileWithIo = file;
            fileWithIoLine = line;
        } else if (!fileWithIo.equals(file)) {
            throw new IologException(
                    logName,
                    line,
                    "I/O on '"
                            + file
                            + "' after I/O on '"
                            + fileWithIo
                            + "' (line "
                            + fileWithIoLine
                            + "): a replay drives one namespace. Make one iolog for each file");
        }
    }

    private void requireOpen(String file, String action, int line) {
        State state = states.get(file);
        if (state == State.OPEN) {
            return;
        }
        String why =
                state == null
                        ? "was never added and opened"
                        : state == State.ADDED ? "was never opened" : "is closed by then";
        throw new IologException(
                logName,
                line,
                action + " of '" + file + "', which " + why + "; put '" + file + " open' before");
    }
}
