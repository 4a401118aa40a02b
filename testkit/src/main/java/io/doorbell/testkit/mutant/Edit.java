package io.doorbell.testkit.mutant;

/**
 * A change of a source file.
 *
 * @param file below {@code io/doorbell}, such as {@code controller/queue/Interrupt.java}
 * @param original text that occurs there exactly once
 * @param replacement what it becomes
 */
public record Edit(String file, String original, String replacement) {}
