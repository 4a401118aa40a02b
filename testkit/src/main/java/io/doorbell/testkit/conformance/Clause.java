package io.doorbell.testkit.conformance;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a method a conformance test. It takes a {@link Bench} (or a powered-on {@link
 * io.doorbell.testkit.host.Host}), and a {@code long} if there are {@link #values}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Clause {
    /** Where it is written: {@code Base §3.7.2}, {@code NVM §3.2.4}, {@code PCIe §3.5.2}. */
    String value();

    Level level() default Level.MUST;

    /** What a host would see if this failed, in one sentence. */
    String otherwise();

    /** One test for each of these. */
    long[] values() default {};
}
