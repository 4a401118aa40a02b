/** The command as a user meets it: arguments in, text and an exit code out. */
@NullMarked
package io.doorbell.cli;

import org.jspecify.annotations.NullMarked;
