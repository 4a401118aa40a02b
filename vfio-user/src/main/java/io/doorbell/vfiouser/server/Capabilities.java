package io.doorbell.vfiouser.server;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the two sides tell each other that they can do. */
final class Capabilities {
    /** Data of one message, for a side that says nothing else. */
    static final int TRANSFER_BYTES_MAX = 1 << 20;

    private static final int TRANSFER_BYTES_MIN = 4096;
    private static final Pattern TRANSFER =
            Pattern.compile("\"max_data_xfer_size\"\\s*:\\s*(\\d{1,9})\\b");

    /** Short, for no reply may be longer than its request in some clients. */
    static final String OURS =
            "{\"capabilities\":{\"max_msg_fds\":16,\"max_data_xfer_size\":%d,\"pgsizes\":4096}}"
                    .formatted(TRANSFER_BYTES_MAX);

    /** Nothing is said: every value is the usual one. */
    static final String USUAL = "{}";

    private Capabilities() {}

    /** Most data of one message that the other side takes; its JSON may be any text. */
    static int transferBytesMax(String json) {
        Matcher found = TRANSFER.matcher(json);
        return found.find()
                ? Math.clamp(Long.parseLong(found.group(1)), TRANSFER_BYTES_MIN, TRANSFER_BYTES_MAX)
                : TRANSFER_BYTES_MAX;
    }
}
