/** What goes wrong, where and when: one language for scenarios, tests and recorded cases. */
@NullMarked
package io.doorbell.simulation.fault;

import org.jspecify.annotations.NullMarked;
