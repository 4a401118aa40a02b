/**
 * Data pointers: from the PRP entries or the SGL of a command to moved bytes.
 *
 * <p>Owns the rules of Base §4.1.1 and §4.1.2. What it reads of guest memory it reads once, into
 * private memory, and checks there.
 *
 * <p>Threads: an object belongs to whoever owns its command.
 */
@NullMarked
package io.doorbell.controller.data;

import org.jspecify.annotations.NullMarked;
