package io.doorbell.spec.feature;

import io.doorbell.spec.BitField;

/** Feature 04h, Temperature Threshold (Base 2.0 §5.27.1.3). */
public final class TemperatureThreshold {
    /** TMPSEL: composite temperature. */
    public static final int SENSOR_COMPOSITE = 0;

    /** TMPSEL: every sensor; only in Set Features. */
    public static final int SENSOR_ALL = 15;

    /** THSEL: an event at or above the threshold. */
    public static final int TYPE_OVER = 0;

    /** THSEL: an event at or below the threshold. */
    public static final int TYPE_UNDER = 1;

    private static final BitField TMPTH = BitField.of(15, 0);
    private static final BitField TMPSEL = BitField.of(19, 16);
    private static final BitField THSEL = BitField.of(21, 20);

    private TemperatureThreshold() {}

    /** TMPTH: the threshold, in K. */
    public static int thresholdKelvin(int value) {
        return TMPTH.get(value);
    }

    /** {@code value} with TMPTH replaced. */
    public static int withThresholdKelvin(int value, int thresholdKelvin) {
        return TMPTH.set(value, thresholdKelvin);
    }

    /** TMPSEL: 0 composite, 1 to 8 a sensor, {@link #SENSOR_ALL} in Set Features. */
    public static int sensor(int value) {
        return TMPSEL.get(value);
    }

    /** {@code value} with TMPSEL replaced. */
    public static int withSensor(int value, int sensor) {
        return TMPSEL.set(value, sensor);
    }

    /** THSEL: {@link #TYPE_OVER} or {@link #TYPE_UNDER}; others are reserved. */
    public static int thresholdType(int value) {
        return THSEL.get(value);
    }

    /** {@code value} with THSEL replaced. */
    public static int withThresholdType(int value, int thresholdType) {
        return THSEL.set(value, thresholdType);
    }
}
