/**
 * Windows on the pages that Identify returns (Base 2.0 §5.17, NVM 1.0 §4.1.5).
 *
 * <p>Owns where a field sits, and its bits. Knows no values a controller ought to report.
 *
 * <p>Threads: a window belongs to whoever wrapped it; codecs have no state.
 *
 * <p>Uses only the JDK.
 */
@NullMarked
package io.doorbell.spec.identify;

import org.jspecify.annotations.NullMarked;
