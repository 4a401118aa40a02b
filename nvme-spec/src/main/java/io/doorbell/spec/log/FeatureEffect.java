package io.doorbell.spec.log;

import io.doorbell.spec.BitField;

/**
 * What setting one feature, or one NVMe-MI command, does: a dword of {@link FeatureEffects} and
 * {@link ManagementEffects} (Base 2.0 §5.16.1).
 */
public final class FeatureEffect {
    private static final BitField FSUPP = BitField.bit(0);
    private static final BitField UDCC = BitField.bit(1);
    private static final BitField NCC = BitField.bit(2);
    private static final BitField NIC = BitField.bit(3);
    private static final BitField CCC = BitField.bit(4);
    private static final BitField USS = BitField.bit(19);
    private static final BitField SCOPE = BitField.of(31, 20);

    private FeatureEffect() {}

    /** FSUPP: supported; if not, the whole dword is 0. */
    public static boolean supported(int effect) {
        return FSUPP.isSet(effect);
    }

    /** {@code effect} with FSUPP replaced. */
    public static int withSupported(int effect, boolean supported) {
        return FSUPP.set(effect, supported);
    }

    /** UDCC: may change user data. */
    public static boolean changesUserData(int effect) {
        return UDCC.isSet(effect);
    }

    /** {@code effect} with UDCC replaced. */
    public static int withChangesUserData(int effect, boolean changesUserData) {
        return UDCC.set(effect, changesUserData);
    }

    /** NCC: may change the capabilities of a namespace. */
    public static boolean changesNamespace(int effect) {
        return NCC.isSet(effect);
    }

    /** {@code effect} with NCC replaced. */
    public static int withChangesNamespace(int effect, boolean changesNamespace) {
        return NCC.set(effect, changesNamespace);
    }

    /** NIC: may change how many namespaces there are. */
    public static boolean changesNamespaceInventory(int effect) {
        return NIC.isSet(effect);
    }

    /** {@code effect} with NIC replaced. */
    public static int withChangesNamespaceInventory(int effect, boolean changesNamespaceInventory) {
        return NIC.set(effect, changesNamespaceInventory);
    }

    /** CCC: may change the capabilities of the controller. */
    public static boolean changesController(int effect) {
        return CCC.isSet(effect);
    }

    /** {@code effect} with CCC replaced. */
    public static int withChangesController(int effect, boolean changesController) {
        return CCC.set(effect, changesController);
    }

    /** USS: UUID Index is supported. */
    public static boolean uuidSelection(int effect) {
        return USS.isSet(effect);
    }

    /** {@code effect} with USS replaced. */
    public static int withUuidSelection(int effect, boolean uuidSelection) {
        return USS.set(effect, uuidSelection);
    }

    /** Scope bits, 0 if not reported. */
    public static int scope(int effect) {
        return SCOPE.get(effect);
    }

    /** {@code effect} with SCOPE replaced. */
    public static int withScope(int effect, int scope) {
        return SCOPE.set(effect, scope);
    }
}
