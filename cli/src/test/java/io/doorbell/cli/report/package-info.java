/** Tests of what is printed and written. */
@NullMarked
package io.doorbell.cli.report;

import org.jspecify.annotations.NullMarked;
