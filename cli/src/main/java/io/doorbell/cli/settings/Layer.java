package io.doorbell.cli.settings;

/** Who said a value; a later layer overrides an earlier one. */
enum Layer {
    /** Overrides all, and yet is never to blame: a device is what it is. */
    DEVICE,
    DEFAULT,
    APPLICATION,
    SCENARIO,
    COMMAND_LINE
}
