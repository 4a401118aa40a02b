/** Queue entries, identify pages and log pages, as views over memory. */
@NullMarked
package io.doorbell.spec;

import org.jspecify.annotations.NullMarked;
