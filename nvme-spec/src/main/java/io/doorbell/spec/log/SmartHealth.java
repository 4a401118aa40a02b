package io.doorbell.spec.log;

import io.doorbell.spec.LittleEndian;

import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * A window on log page 02h, SMART / Health Information (Base 2.0 §5.16.1.3). Counters are 128 bits
 * wide and survive resets and power cycles.
 */
public final class SmartHealth {
    public static final int SIZE_BYTES = 512;

    /** Spare capacity is below its threshold. */
    public static final int WARNING_SPARE = 1;

    /** A temperature threshold is crossed. */
    public static final int WARNING_TEMPERATURE = 1 << 1;

    /** Media or internal errors have degraded reliability. */
    public static final int WARNING_RELIABILITY = 1 << 2;

    /** Media are read only. */
    public static final int WARNING_READ_ONLY = 1 << 3;

    /** The volatile memory backup has failed. */
    public static final int WARNING_VOLATILE_BACKUP = 1 << 4;

    /** The Persistent Memory Region is unreliable or read only. */
    public static final int WARNING_PERSISTENT_MEMORY = 1 << 5;

    public static final int CRITICAL_WARNING_OFFSET_BYTES = 0;
    public static final int TEMPERATURE_OFFSET_BYTES = 1;
    public static final int AVAILABLE_SPARE_OFFSET_BYTES = 3;
    public static final int SPARE_THRESHOLD_OFFSET_BYTES = 4;
    public static final int PERCENTAGE_USED_OFFSET_BYTES = 5;
    public static final int ENDURANCE_GROUP_WARNING_OFFSET_BYTES = 6;
    public static final int DATA_UNITS_READ_OFFSET_BYTES = 32;
    public static final int DATA_UNITS_WRITTEN_OFFSET_BYTES = 48;
    public static final int HOST_READS_OFFSET_BYTES = 64;
    public static final int HOST_WRITES_OFFSET_BYTES = 80;
    public static final int BUSY_TIME_OFFSET_BYTES = 96;
    public static final int POWER_CYCLES_OFFSET_BYTES = 112;
    public static final int POWER_ON_HOURS_OFFSET_BYTES = 128;
    public static final int UNSAFE_SHUTDOWNS_OFFSET_BYTES = 144;
    public static final int MEDIA_ERRORS_OFFSET_BYTES = 160;
    public static final int ERROR_LOG_ENTRIES_OFFSET_BYTES = 176;
    public static final int WARNING_TEMPERATURE_TIME_OFFSET_BYTES = 192;
    public static final int CRITICAL_TEMPERATURE_TIME_OFFSET_BYTES = 196;
    public static final int SENSOR_OFFSET_BYTES = 200;
    public static final int SENSOR_COUNT = 8;
    public static final int TMT1_COUNT_OFFSET_BYTES = 216;
    public static final int TMT2_COUNT_OFFSET_BYTES = 220;
    public static final int TMT1_TIME_OFFSET_BYTES = 224;
    public static final int TMT2_TIME_OFFSET_BYTES = 228;

    private MemorySegment memory = MemorySegment.NULL;
    private long offsetBytes;

    /** Moves the window to {@code offsetBytes} into {@code memory}. */
    public SmartHealth wrap(MemorySegment memory, long offsetBytes) {
        this.memory = memory;
        this.offsetBytes = offsetBytes;
        return this;
    }

    /** Fills the structure with zeros. */
    public SmartHealth clear() {
        memory.asSlice(offsetBytes, SIZE_BYTES).fill((byte) 0);
        return this;
    }

    /** The {@code WARNING_} bits that hold now. */
    public int criticalWarning() {
        return LittleEndian.u8(memory, offsetBytes + CRITICAL_WARNING_OFFSET_BYTES);
    }

    /** Sets CRITICAL_WARNING. */
    public SmartHealth criticalWarning(int criticalWarning) {
        LittleEndian.u8(memory, offsetBytes + CRITICAL_WARNING_OFFSET_BYTES, criticalWarning);
        return this;
    }

    /** Composite temperature, in K. */
    public int temperatureKelvin() {
        return LittleEndian.u16(memory, offsetBytes + TEMPERATURE_OFFSET_BYTES);
    }

    /** Sets TEMPERATURE. */
    public SmartHealth temperatureKelvin(int temperatureKelvin) {
        LittleEndian.u16(memory, offsetBytes + TEMPERATURE_OFFSET_BYTES, temperatureKelvin);
        return this;
    }

    /** Spare capacity left, in percent. */
    public int availableSparePercent() {
        return LittleEndian.u8(memory, offsetBytes + AVAILABLE_SPARE_OFFSET_BYTES);
    }

    /** Sets AVAILABLE_SPARE. */
    public SmartHealth availableSparePercent(int availableSparePercent) {
        LittleEndian.u8(memory, offsetBytes + AVAILABLE_SPARE_OFFSET_BYTES, availableSparePercent);
        return this;
    }

    /** Below this spare capacity a warning is raised, in percent. */
    public int spareThresholdPercent() {
        return LittleEndian.u8(memory, offsetBytes + SPARE_THRESHOLD_OFFSET_BYTES);
    }

    /** Sets SPARE_THRESHOLD. */
    public SmartHealth spareThresholdPercent(int spareThresholdPercent) {
        LittleEndian.u8(memory, offsetBytes + SPARE_THRESHOLD_OFFSET_BYTES, spareThresholdPercent);
        return this;
    }

    /** Estimated life used, in percent; may exceed 100, up to 255. */
    public int percentageUsed() {
        return LittleEndian.u8(memory, offsetBytes + PERCENTAGE_USED_OFFSET_BYTES);
    }

    /** Sets PERCENTAGE_USED. */
    public SmartHealth percentageUsed(int percentageUsed) {
        LittleEndian.u8(memory, offsetBytes + PERCENTAGE_USED_OFFSET_BYTES, percentageUsed);
        return this;
    }

    /** Critical warnings of the endurance groups. */
    public int enduranceGroupWarning() {
        return LittleEndian.u8(memory, offsetBytes + ENDURANCE_GROUP_WARNING_OFFSET_BYTES);
    }

    /** Sets ENDURANCE_GROUP_WARNING. */
    public SmartHealth enduranceGroupWarning(int enduranceGroupWarning) {
        LittleEndian.u8(
                memory, offsetBytes + ENDURANCE_GROUP_WARNING_OFFSET_BYTES, enduranceGroupWarning);
        return this;
    }

    /** Read by hosts, in units of 1,000 times 512 bytes, rounded up. Low 64 bits of 128. */
    public long dataUnitsRead() {
        return LittleEndian.u64(memory, offsetBytes + DATA_UNITS_READ_OFFSET_BYTES);
    }

    /** Bits 127:64 of DATA_UNITS_READ. */
    public long dataUnitsReadHigh() {
        return LittleEndian.u64(memory, offsetBytes + DATA_UNITS_READ_OFFSET_BYTES + 8);
    }

    /** Sets DATA_UNITS_READ from an unsigned 64-bit value; bits 127:64 become 0. */
    public SmartHealth dataUnitsRead(long dataUnitsRead) {
        return dataUnitsRead(0, dataUnitsRead);
    }

    /** Sets all 128 bits of DATA_UNITS_READ. */
    public SmartHealth dataUnitsRead(long high, long low) {
        LittleEndian.u64(memory, offsetBytes + DATA_UNITS_READ_OFFSET_BYTES, low);
        LittleEndian.u64(memory, offsetBytes + DATA_UNITS_READ_OFFSET_BYTES + 8, high);
        return this;
    }

    /** Written by hosts, in units of 1,000 times 512 bytes, rounded up. Low 64 bits of 128. */
    public long dataUnitsWritten() {
        return LittleEndian.u64(memory, offsetBytes + DATA_UNITS_WRITTEN_OFFSET_BYTES);
    }

    /** Bits 127:64 of DATA_UNITS_WRITTEN. */
    public long dataUnitsWrittenHigh() {
        return LittleEndian.u64(memory, offsetBytes + DATA_UNITS_WRITTEN_OFFSET_BYTES + 8);
    }

    /** Sets DATA_UNITS_WRITTEN from an unsigned 64-bit value; bits 127:64 become 0. */
    public SmartHealth dataUnitsWritten(long dataUnitsWritten) {
        return dataUnitsWritten(0, dataUnitsWritten);
    }

    /** Sets all 128 bits of DATA_UNITS_WRITTEN. */
    public SmartHealth dataUnitsWritten(long high, long low) {
        LittleEndian.u64(memory, offsetBytes + DATA_UNITS_WRITTEN_OFFSET_BYTES, low);
        LittleEndian.u64(memory, offsetBytes + DATA_UNITS_WRITTEN_OFFSET_BYTES + 8, high);
        return this;
    }

    /** Read commands completed. Low 64 bits of 128. */
    public long hostReads() {
        return LittleEndian.u64(memory, offsetBytes + HOST_READS_OFFSET_BYTES);
    }

    /** Bits 127:64 of HOST_READS. */
    public long hostReadsHigh() {
        return LittleEndian.u64(memory, offsetBytes + HOST_READS_OFFSET_BYTES + 8);
    }

    /** Sets HOST_READS from an unsigned 64-bit value; bits 127:64 become 0. */
    public SmartHealth hostReads(long hostReads) {
        return hostReads(0, hostReads);
    }

    /** Sets all 128 bits of HOST_READS. */
    public SmartHealth hostReads(long high, long low) {
        LittleEndian.u64(memory, offsetBytes + HOST_READS_OFFSET_BYTES, low);
        LittleEndian.u64(memory, offsetBytes + HOST_READS_OFFSET_BYTES + 8, high);
        return this;
    }

    /** Write commands completed. Low 64 bits of 128. */
    public long hostWrites() {
        return LittleEndian.u64(memory, offsetBytes + HOST_WRITES_OFFSET_BYTES);
    }

    /** Bits 127:64 of HOST_WRITES. */
    public long hostWritesHigh() {
        return LittleEndian.u64(memory, offsetBytes + HOST_WRITES_OFFSET_BYTES + 8);
    }

    /** Sets HOST_WRITES from an unsigned 64-bit value; bits 127:64 become 0. */
    public SmartHealth hostWrites(long hostWrites) {
        return hostWrites(0, hostWrites);
    }

    /** Sets all 128 bits of HOST_WRITES. */
    public SmartHealth hostWrites(long high, long low) {
        LittleEndian.u64(memory, offsetBytes + HOST_WRITES_OFFSET_BYTES, low);
        LittleEndian.u64(memory, offsetBytes + HOST_WRITES_OFFSET_BYTES + 8, high);
        return this;
    }

    /** Time with I/O commands outstanding, in minutes. Low 64 bits of 128. */
    public long busyMinutes() {
        return LittleEndian.u64(memory, offsetBytes + BUSY_TIME_OFFSET_BYTES);
    }

    /** Bits 127:64 of BUSY_TIME. */
    public long busyMinutesHigh() {
        return LittleEndian.u64(memory, offsetBytes + BUSY_TIME_OFFSET_BYTES + 8);
    }

    /** Sets BUSY_TIME from an unsigned 64-bit value; bits 127:64 become 0. */
    public SmartHealth busyMinutes(long busyMinutes) {
        return busyMinutes(0, busyMinutes);
    }

    /** Sets all 128 bits of BUSY_TIME. */
    public SmartHealth busyMinutes(long high, long low) {
        LittleEndian.u64(memory, offsetBytes + BUSY_TIME_OFFSET_BYTES, low);
        LittleEndian.u64(memory, offsetBytes + BUSY_TIME_OFFSET_BYTES + 8, high);
        return this;
    }

    /** Power cycles. Low 64 bits of 128. */
    public long powerCycles() {
        return LittleEndian.u64(memory, offsetBytes + POWER_CYCLES_OFFSET_BYTES);
    }

    /** Bits 127:64 of POWER_CYCLES. */
    public long powerCyclesHigh() {
        return LittleEndian.u64(memory, offsetBytes + POWER_CYCLES_OFFSET_BYTES + 8);
    }

    /** Sets POWER_CYCLES from an unsigned 64-bit value; bits 127:64 become 0. */
    public SmartHealth powerCycles(long powerCycles) {
        return powerCycles(0, powerCycles);
    }

    /** Sets all 128 bits of POWER_CYCLES. */
    public SmartHealth powerCycles(long high, long low) {
        LittleEndian.u64(memory, offsetBytes + POWER_CYCLES_OFFSET_BYTES, low);
        LittleEndian.u64(memory, offsetBytes + POWER_CYCLES_OFFSET_BYTES + 8, high);
        return this;
    }

    /** Time powered on, in hours. Low 64 bits of 128. */
    public long powerOnHours() {
        return LittleEndian.u64(memory, offsetBytes + POWER_ON_HOURS_OFFSET_BYTES);
    }

    /** Bits 127:64 of POWER_ON_HOURS. */
    public long powerOnHoursHigh() {
        return LittleEndian.u64(memory, offsetBytes + POWER_ON_HOURS_OFFSET_BYTES + 8);
    }

    /** Sets POWER_ON_HOURS from an unsigned 64-bit value; bits 127:64 become 0. */
    public SmartHealth powerOnHours(long powerOnHours) {
        return powerOnHours(0, powerOnHours);
    }

    /** Sets all 128 bits of POWER_ON_HOURS. */
    public SmartHealth powerOnHours(long high, long low) {
        LittleEndian.u64(memory, offsetBytes + POWER_ON_HOURS_OFFSET_BYTES, low);
        LittleEndian.u64(memory, offsetBytes + POWER_ON_HOURS_OFFSET_BYTES + 8, high);
        return this;
    }

    /** Power losses without shutdown before. Low 64 bits of 128. */
    public long unsafeShutdowns() {
        return LittleEndian.u64(memory, offsetBytes + UNSAFE_SHUTDOWNS_OFFSET_BYTES);
    }

    /** Bits 127:64 of UNSAFE_SHUTDOWNS. */
    public long unsafeShutdownsHigh() {
        return LittleEndian.u64(memory, offsetBytes + UNSAFE_SHUTDOWNS_OFFSET_BYTES + 8);
    }

    /** Sets UNSAFE_SHUTDOWNS from an unsigned 64-bit value; bits 127:64 become 0. */
    public SmartHealth unsafeShutdowns(long unsafeShutdowns) {
        return unsafeShutdowns(0, unsafeShutdowns);
    }

    /** Sets all 128 bits of UNSAFE_SHUTDOWNS. */
    public SmartHealth unsafeShutdowns(long high, long low) {
        LittleEndian.u64(memory, offsetBytes + UNSAFE_SHUTDOWNS_OFFSET_BYTES, low);
        LittleEndian.u64(memory, offsetBytes + UNSAFE_SHUTDOWNS_OFFSET_BYTES + 8, high);
        return this;
    }

    /** Unrecovered data integrity errors. Low 64 bits of 128. */
    public long mediaErrors() {
        return LittleEndian.u64(memory, offsetBytes + MEDIA_ERRORS_OFFSET_BYTES);
    }

    /** Bits 127:64 of MEDIA_ERRORS. */
    public long mediaErrorsHigh() {
        return LittleEndian.u64(memory, offsetBytes + MEDIA_ERRORS_OFFSET_BYTES + 8);
    }

    /** Sets MEDIA_ERRORS from an unsigned 64-bit value; bits 127:64 become 0. */
    public SmartHealth mediaErrors(long mediaErrors) {
        return mediaErrors(0, mediaErrors);
    }

    /** Sets all 128 bits of MEDIA_ERRORS. */
    public SmartHealth mediaErrors(long high, long low) {
        LittleEndian.u64(memory, offsetBytes + MEDIA_ERRORS_OFFSET_BYTES, low);
        LittleEndian.u64(memory, offsetBytes + MEDIA_ERRORS_OFFSET_BYTES + 8, high);
        return this;
    }

    /** Error Information entries ever made. Low 64 bits of 128. */
    public long errorLogEntries() {
        return LittleEndian.u64(memory, offsetBytes + ERROR_LOG_ENTRIES_OFFSET_BYTES);
    }

    /** Bits 127:64 of ERROR_LOG_ENTRIES. */
    public long errorLogEntriesHigh() {
        return LittleEndian.u64(memory, offsetBytes + ERROR_LOG_ENTRIES_OFFSET_BYTES + 8);
    }

    /** Sets ERROR_LOG_ENTRIES from an unsigned 64-bit value; bits 127:64 become 0. */
    public SmartHealth errorLogEntries(long errorLogEntries) {
        return errorLogEntries(0, errorLogEntries);
    }

    /** Sets all 128 bits of ERROR_LOG_ENTRIES. */
    public SmartHealth errorLogEntries(long high, long low) {
        LittleEndian.u64(memory, offsetBytes + ERROR_LOG_ENTRIES_OFFSET_BYTES, low);
        LittleEndian.u64(memory, offsetBytes + ERROR_LOG_ENTRIES_OFFSET_BYTES + 8, high);
        return this;
    }

    /** Time at or above WCTEMP and below CCTEMP, in minutes. */
    public int warningTemperatureMinutes() {
        return LittleEndian.u32(memory, offsetBytes + WARNING_TEMPERATURE_TIME_OFFSET_BYTES);
    }

    /** Sets WARNING_TEMPERATURE_TIME. */
    public SmartHealth warningTemperatureMinutes(int warningTemperatureMinutes) {
        LittleEndian.u32(
                memory,
                offsetBytes + WARNING_TEMPERATURE_TIME_OFFSET_BYTES,
                warningTemperatureMinutes);
        return this;
    }

    /** Time at or above CCTEMP, in minutes. */
    public int criticalTemperatureMinutes() {
        return LittleEndian.u32(memory, offsetBytes + CRITICAL_TEMPERATURE_TIME_OFFSET_BYTES);
    }

    /** Sets CRITICAL_TEMPERATURE_TIME. */
    public SmartHealth criticalTemperatureMinutes(int criticalTemperatureMinutes) {
        LittleEndian.u32(
                memory,
                offsetBytes + CRITICAL_TEMPERATURE_TIME_OFFSET_BYTES,
                criticalTemperatureMinutes);
        return this;
    }

    /** Temperature sensor {@code index + 1}, in K; 0 if it does not exist. */
    public int sensorKelvin(int index) {
        return LittleEndian.u16(
                memory,
                offsetBytes + SENSOR_OFFSET_BYTES + 2L * Objects.checkIndex(index, SENSOR_COUNT));
    }

    /** Sets SENSOR number {@code index}, from 0 to 7. */
    public SmartHealth sensorKelvin(int index, int value) {
        LittleEndian.u16(
                memory,
                offsetBytes + SENSOR_OFFSET_BYTES + 2L * Objects.checkIndex(index, SENSOR_COUNT),
                value);
        return this;
    }

    /** Transitions to lower power at TMT1. */
    public int thermalTransitions1() {
        return LittleEndian.u32(memory, offsetBytes + TMT1_COUNT_OFFSET_BYTES);
    }

    /** Sets TMT1_COUNT. */
    public SmartHealth thermalTransitions1(int thermalTransitions1) {
        LittleEndian.u32(memory, offsetBytes + TMT1_COUNT_OFFSET_BYTES, thermalTransitions1);
        return this;
    }

    /** Transitions to lower power at TMT2. */
    public int thermalTransitions2() {
        return LittleEndian.u32(memory, offsetBytes + TMT2_COUNT_OFFSET_BYTES);
    }

    /** Sets TMT2_COUNT. */
    public SmartHealth thermalTransitions2(int thermalTransitions2) {
        LittleEndian.u32(memory, offsetBytes + TMT2_COUNT_OFFSET_BYTES, thermalTransitions2);
        return this;
    }

    /** Time at lower power because of TMT1, in s. */
    public int thermalSeconds1() {
        return LittleEndian.u32(memory, offsetBytes + TMT1_TIME_OFFSET_BYTES);
    }

    /** Sets TMT1_TIME. */
    public SmartHealth thermalSeconds1(int thermalSeconds1) {
        LittleEndian.u32(memory, offsetBytes + TMT1_TIME_OFFSET_BYTES, thermalSeconds1);
        return this;
    }

    /** Time at lower power because of TMT2, in s. */
    public int thermalSeconds2() {
        return LittleEndian.u32(memory, offsetBytes + TMT2_TIME_OFFSET_BYTES);
    }

    /** Sets TMT2_TIME. */
    public SmartHealth thermalSeconds2(int thermalSeconds2) {
        LittleEndian.u32(memory, offsetBytes + TMT2_TIME_OFFSET_BYTES, thermalSeconds2);
        return this;
    }
}
