/** What lies between host and device: register stores and loads, interrupt messages, and time. */
@NullMarked
package io.doorbell.simulation.wire;

import org.jspecify.annotations.NullMarked;
