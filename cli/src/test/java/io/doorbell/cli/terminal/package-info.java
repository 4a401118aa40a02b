/** Tests of what is printed and written. */
@NullMarked
package io.doorbell.cli.terminal;

import org.jspecify.annotations.NullMarked;
