package io.doorbell.simulation.observe;

import io.doorbell.spec.ControllerConfiguration;
import io.doorbell.spec.ControllerStatus;
import io.doorbell.spec.Registers;
import io.doorbell.spec.pci.ConfigurationHeader;
import io.doorbell.spec.pci.MsixCapability;
import io.doorbell.spec.pci.PciExpressCapability;
import io.doorbell.spec.pci.PowerManagementCapability;

import java.util.Arrays;

/** Configuration space and controller registers, as the host's stores have made them. */
public final class RegisterState {
    private final FunctionFacts.Places places;
    private final byte[] config = new byte[ConfigurationHeader.SPACE_SIZE_BYTES];
    private int configuration;
    private int queueAttributes;
    private long submissionBase;
    private long completionBase;
    private int interruptMask;
    private int lastStatus;
    private boolean readySeen;
    private boolean fatalSeen;
    private boolean shutdownAsked;
    private boolean disturbed; // a register was stored to that is locked while enabled

    RegisterState(FunctionFacts.Places places) {
        this.places = places;
    }

    /** CC. */
    public int configuration() {
        return configuration;
    }

    /** AQA. */
    public int queueAttributes() {
        return queueAttributes;
    }

    /** ASQ. */
    public long submissionBase() {
        return submissionBase;
    }

    /** ACQ. */
    public long completionBase() {
        return completionBase;
    }

    /** Bit v: INTMS masks vector v. */
    public int interruptMask() {
        return interruptMask;
    }

    /** CC.EN. */
    public boolean isEnabled() {
        return ControllerConfiguration.enabled(configuration);
    }

    /** 2^(12 + CC.MPS). */
    public int pageBytes() {
        return ControllerConfiguration.memoryPageSizeBytes(configuration);
    }

    /** CSTS as the host read it last. */
    public int lastStatus() {
        return lastStatus;
    }

    /** The host has read CSTS.RDY = 1 since CC.EN was set. */
    public boolean readySeen() {
        return readySeen;
    }

    /** The host has read CSTS.CFS = 1 since CC.EN was set. */
    public boolean fatalSeen() {
        return fatalSeen;
    }

    /** CC.SHN was set: commands may stay unanswered until the next reset. */
    public boolean shutdownAsked() {
        return shutdownAsked;
    }

    /** The host stored to AQA, ASQ or ACQ while CC.EN was 1: their content is undefined. */
    public boolean isDisturbed() {
        return disturbed;
    }

    /** BAR accesses reach the function. */
    public boolean memorySpaceEnabled() {
        return isPowered() && (command() & ConfigurationHeader.COMMAND_MEMORY_SPACE) != 0;
    }

    /** The function may touch memory and send messages. */
    public boolean busMasterEnabled() {
        return isPowered() && (command() & ConfigurationHeader.COMMAND_BUS_MASTER) != 0;
    }

    /** Interrupts are messages, not the pin. */
    public boolean messagesEnabled() {
        return (msixControl() & MsixCapability.CONTROL_ENABLE) != 0;
    }

    public boolean functionMasked() {
        return (msixControl() & MsixCapability.CONTROL_FUNCTION_MASK) != 0;
    }

    boolean pinAllowed() {
        return isPowered()
                && !messagesEnabled()
                && (command() & ConfigurationHeader.COMMAND_INTERRUPT_DISABLE) == 0;
    }

    private int command() {
        return u16(ConfigurationHeader.COMMAND_OFFSET_BYTES);
    }

    private int msixControl() {
        return u16(places.msixCapability() + MsixCapability.CONTROL_OFFSET_BYTES);
    }

    private boolean isPowered() {
        int state =
                u16(
                        places.powerCapability()
                                + PowerManagementCapability.CONTROL_STATUS_OFFSET_BYTES);
        return places.powerCapability() == 0
                || (state & PowerManagementCapability.POWER_STATE_MASK)
                        == PowerManagementCapability.POWER_STATE_D0;
    }

    private int u16(int offset) {
        return Byte.toUnsignedInt(config[offset]) | Byte.toUnsignedInt(config[offset + 1]) << 8;
    }

    // ---- what the model does -----------------------------------------------------------------

    /** Takes a store; true if it asks for a function level reset. */
    boolean configWritten(int offset, int widthBytes, int value) {
        for (int at = 0; at < widthBytes; at++) {
            if (offset + at >= 0 && offset + at < config.length) {
                config[offset + at] = (byte) (value >>> (8 * at));
            }
        }
        if (places.expressCapability() == 0) {
            return false;
        }
        int at = places.expressCapability() + PciExpressCapability.DEVICE_CONTROL_OFFSET_BYTES;
        boolean reset = (u16(at) & PciExpressCapability.DEVICE_CONTROL_FUNCTION_LEVEL_RESET) != 0;
        config[at + 1] &= 0x7F; // reads 0 again
        return reset;
    }

    void configurationWritten(int value) {
        configuration = value;
        shutdownAsked |=
                ControllerConfiguration.shutdownNotification(value)
                        != ControllerConfiguration.SHUTDOWN_NONE;
    }

    /** A store to any other register; those of the admin queue are locked while enabled. */
    void written(int offset, int widthBytes, long value) {
        switch (offset) {
            case Registers.INTMS -> interruptMask |= messagesEnabled() ? 0 : (int) value;
            case Registers.INTMC -> interruptMask &= messagesEnabled() ? -1 : ~(int) value;
            default -> {
                if (isEnabled()) {
                    disturbed = true;
                } else {
                    queueRegister(offset, widthBytes, value);
                }
            }
        }
    }

    private void queueRegister(int offset, int widthBytes, long value) {
        boolean whole = widthBytes == Long.BYTES;
        switch (offset) {
            case Registers.AQA -> queueAttributes = (int) value;
            case Registers.ASQ -> submissionBase = base(whole ? value : low(submissionBase, value));
            case Registers.ASQ + Registers.HIGH_HALF_OFFSET_BYTES ->
                    submissionBase = high(submissionBase, value);
            case Registers.ACQ -> completionBase = base(whole ? value : low(completionBase, value));
            case Registers.ACQ + Registers.HIGH_HALF_OFFSET_BYTES ->
                    completionBase = high(completionBase, value);
            default -> {} // the host cannot change it
        }
    }

    private static long base(long value) {
        return value & Registers.QUEUE_BASE_MASK;
    }

    private static long low(long old, long value) {
        return (old >>> 32 << 32) | (value & 0xFFFF_FFFFL);
    }

    private static long high(long old, long value) {
        return (old & 0xFFFF_FFFFL) | value << 32;
    }

    void statusRead(int status) {
        lastStatus = status;
        readySeen |= ControllerStatus.ready(status) && isEnabled();
        fatalSeen |= ControllerStatus.fatal(status);
    }

    /** CC.EN went from 0 to 1. */
    void enabled() {
        readySeen = false;
        fatalSeen = false;
        shutdownAsked =
                ControllerConfiguration.shutdownNotification(configuration)
                        != ControllerConfiguration.SHUTDOWN_NONE;
    }

    /** A reset by CC.EN keeps AQA, ASQ and ACQ (Base 2.0 §3.7.2). */
    void controllerReset() {
        configuration = 0;
        interruptMask = 0;
        readySeen = false;
    }

    /** Any stronger reset keeps nothing. */
    void functionReset() {
        controllerReset();
        queueAttributes = 0;
        submissionBase = 0;
        completionBase = 0;
        fatalSeen = false;
        shutdownAsked = false;
        disturbed = false;
        lastStatus = 0;
        Arrays.fill(config, (byte) 0);
    }
}
