package io.doorbell.spec.log;

import io.doorbell.spec.BitField;

/**
 * What one command does besides its work: a dword of {@link CommandEffects} (Base 2.0 §5.16.1.6).
 */
public final class CommandEffect {
    private static final BitField CSUPP = BitField.bit(0);
    private static final BitField LBCC = BitField.bit(1);
    private static final BitField NCC = BitField.bit(2);
    private static final BitField NIC = BitField.bit(3);
    private static final BitField CCC = BitField.bit(4);
    private static final BitField CSE = BitField.of(18, 16);
    private static final BitField USS = BitField.bit(19);
    private static final BitField SCOPE = BitField.of(31, 20);

    private CommandEffect() {}

    /** CSUPP: supported; if not, the whole dword is 0. */
    public static boolean supported(int effect) {
        return CSUPP.isSet(effect);
    }

    /** {@code effect} with CSUPP replaced. */
    public static int withSupported(int effect, boolean supported) {
        return CSUPP.set(effect, supported);
    }

    /** LBCC: may change logical block content. */
    public static boolean changesContent(int effect) {
        return LBCC.isSet(effect);
    }

    /** {@code effect} with LBCC replaced. */
    public static int withChangesContent(int effect, boolean changesContent) {
        return LBCC.set(effect, changesContent);
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

    /** CSE: 0 none, 1 no other command for the namespace, 2 no other command at all. */
    public static int submissionRestriction(int effect) {
        return CSE.get(effect);
    }

    /** {@code effect} with CSE replaced. */
    public static int withSubmissionRestriction(int effect, int submissionRestriction) {
        return CSE.set(effect, submissionRestriction);
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
