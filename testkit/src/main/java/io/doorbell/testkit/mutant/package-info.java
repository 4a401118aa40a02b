/**
 * Devices and hosts with a mistake: our own sources with a few lines changed, compiled in memory
 * and loaded beside the right ones. Nothing of it is ever part of the product.
 */
@NullMarked
package io.doorbell.testkit.mutant;

import org.jspecify.annotations.NullMarked;
