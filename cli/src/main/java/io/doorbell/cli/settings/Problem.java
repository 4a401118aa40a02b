package io.doorbell.cli.settings;

/**
 * One thing wrong with the settings.
 *
 * @param where file and line, or "command line --set"
 * @param what the fault, with the values, as a sentence
 * @param advice what to do about it
 */
public record Problem(String where, String what, String advice) {}
