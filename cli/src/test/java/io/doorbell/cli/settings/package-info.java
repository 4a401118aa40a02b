/** Tests of settings: what is refused, with which words, and what is accepted. */
@NullMarked
package io.doorbell.cli.settings;

import org.jspecify.annotations.NullMarked;
