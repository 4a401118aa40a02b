/** From what a user says about simulated runs to what the simulation understands. */
@NullMarked
package io.doorbell.cli.simulated;

import org.jspecify.annotations.NullMarked;
