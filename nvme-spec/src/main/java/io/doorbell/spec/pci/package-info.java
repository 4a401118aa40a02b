/**
 * The PCI side of an NVMe function: configuration header, capabilities, MSI-X structures and how
 * large BAR0 is (PCIe 1.0 §3.8).
 *
 * <p>Owns where a field sits. What is writable, and what a write does, is the function's affair.
 *
 * <p>Threads: a window belongs to whoever wrapped it; helpers have no state.
 *
 * <p>Uses only the JDK.
 */
@NullMarked
package io.doorbell.spec.pci;

import org.jspecify.annotations.NullMarked;
