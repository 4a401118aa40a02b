package io.doorbell.cli.settings;

/** Who said a value; a later layer overrides an earlier one. */
enum Layer {
    DEFAULT,
    APPLICATION,
    SCENARIO,
    COMMAND_LINE
}
