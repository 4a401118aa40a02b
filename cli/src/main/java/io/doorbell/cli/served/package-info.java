/**
 * What a served controller has besides the controller: faults, and the socket that controls them.
 */
@NullMarked
package io.doorbell.cli.served;

import org.jspecify.annotations.NullMarked;
