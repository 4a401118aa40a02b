/**
 * Log page identifiers and windows on the log pages (Base 2.0 §5.16.1), and the codec of an
 * asynchronous event, which names the page to read.
 *
 * <p>Owns where a field sits. Knows neither when an entry is made nor when an event is sent.
 *
 * <p>Threads: codecs have no state; a window belongs to whoever wrapped it.
 *
 * <p>Uses only the JDK.
 */
@NullMarked
package io.doorbell.spec.log;

import org.jspecify.annotations.NullMarked;
