/**
 * What a conformance run found, for people and for machines.
 *
 * <p>Owns the counting by chapter and clause, the page and the JUnit file.
 *
 * <p>Threads: values only.
 *
 * <p>Uses {@code testkit.conformance}.
 */
@NullMarked
package io.doorbell.testkit.conformance.report;

import org.jspecify.annotations.NullMarked;
