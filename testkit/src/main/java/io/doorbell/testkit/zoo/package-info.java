/** The collection of historical bugs, put into our own device and host, and the hunt for them. */
@NullMarked
package io.doorbell.testkit.zoo;

import org.jspecify.annotations.NullMarked;
