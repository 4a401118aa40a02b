/**
 * What the NVM Express specifications lay out in registers and memory: BAR0, queue entries, status
 * codes, opcodes, PRP and SGL descriptors. The sub-packages hold the fields of commands, features,
 * Identify pages, log pages and the PCI function.
 *
 * <p>Owns the layout: an offset or bit of the specification is a constant here and nowhere else.
 * Windows ({@code wrap}) are reusable views over memory, codecs are static functions over a raw
 * value; neither copies nor allocates, save where they return text.
 *
 * <p>Threads: a window belongs to the actor that wrapped it. Accesses are plain; who shares memory
 * orders them.
 *
 * <p>Uses only the JDK.
 */
@NullMarked
package io.doorbell.spec;

import org.jspecify.annotations.NullMarked;
