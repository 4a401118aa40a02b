/**
 * The content that test data is made of: blocks that name their own address and version.
 *
 * <p>Owns the format of a stamp. Hosts write and check stamps; a device may use them to check what
 * it is told to store.
 *
 * <p>Threads: any; nothing here has state.
 *
 * <p>Uses only the JDK.
 */
@NullMarked
package io.doorbell.bus.pattern;

import org.jspecify.annotations.NullMarked;
