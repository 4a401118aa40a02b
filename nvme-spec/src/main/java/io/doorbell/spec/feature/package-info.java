/**
 * Feature identifiers and the layout of each feature's value and data (Base 2.0 §5.27.1).
 *
 * <p>Owns where a field sits. Knows no defaults, nor which values a controller accepts.
 *
 * <p>Threads: codecs have no state; a window belongs to whoever wrapped it.
 *
 * <p>Uses only the JDK.
 */
@NullMarked
package io.doorbell.spec.feature;

import org.jspecify.annotations.NullMarked;
