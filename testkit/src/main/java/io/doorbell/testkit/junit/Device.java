package io.doorbell.testkit.junit;

import io.doorbell.testkit.conformance.DeviceShape;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What device the tests of a class, or one test, need. A method's adds to its class's, which adds
 * to what the {@link DoorbellExtension} was given; what is left out stays as it was. Ranges are
 * those of {@link DeviceShape}.
 */
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface Device {
    /** Stays as it was. */
    int AS_BEFORE = -1;

    /** CAP.DSTRD. */
    int doorbellStride() default AS_BEFORE;

    /** I/O queue pairs; the device has a vector more if {@link #vectors} does not say otherwise. */
    int queuePairs() default AS_BEFORE;

    /** CAP.MQES + 1. */
    int queueEntries() default AS_BEFORE;

    /** MSI-X vectors. */
    int vectors() default AS_BEFORE;

    /** MDTS. */
    int transferSizeLog2Pages() default AS_BEFORE;

    /** KAS. */
    int keepAliveUnits() default AS_BEFORE;

    Option[] with() default {};

    Option[] without() default {};

    /** Namespace 1, 2, ...; none given stays as it was. */
    Namespace[] namespaces() default {};

    /** A namespace to begin with. */
    @Target({})
    @Retention(RetentionPolicy.RUNTIME)
    @interface Namespace {
        /** NSZE. */
        long blocks();

        /** 9 or 12. */
        int blockSizeLog2() default 9;
    }
}
