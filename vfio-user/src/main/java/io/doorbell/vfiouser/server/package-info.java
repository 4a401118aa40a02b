/**
 * Serves a PCI function on a UNIX socket to one client at a time, such as QEMU.
 *
 * <p>Owns the connection, the order of replies, the way of interrupts to event descriptors, and DMA
 * by messages. What is behind the {@link io.doorbell.bus.pci.PciPort} it does not know.
 *
 * <p>Threads: one accepts; each session has one that receives and does not wait for the function;
 * completions and interrupts come on the function's threads and leave on them.
 *
 * <pre>
 *  client ──▶ MessageReader ──▶ Session ──accesses──▶ PciPort ──completions──▶ ReplyQueue ──▶ client
 *                                  │ maps                                         ▲
 *                                  ▼                                              │ known at once
 *                             ClientMemory ◀── the function ──▶ Interrupts ──▶ event descriptors
 *                                  │ regions without a file
 *                                  ▼
 *                              ClientDma ──requests──▶ client ──replies──▶ Session ──▶ ClientDma
 * </pre>
 *
 * <p>Uses bus, pci, memory, protocol, posix, Pekko.
 */
@NullMarked
package io.doorbell.vfiouser.server;

import org.jspecify.annotations.NullMarked;
