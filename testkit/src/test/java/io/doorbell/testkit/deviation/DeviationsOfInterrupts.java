package io.doorbell.testkit.deviation;

import java.util.List;

/** What a controller can get wrong about telling the host. */
final class DeviationsOfInterrupts {
    private static final String INTERRUPT = "queue/Interrupt.java";
    private static final String VECTOR = "pci/MsixVector.java";

    static final List<Deviation> ALL =
            List.of(
                    new Deviation(
                            "masked is lost",
                            "drops the message of a masked vector (IR-14)",
                            VECTOR,
                            "        pending = true;\n",
                            ""),
                    new Deviation(
                            "pending stays",
                            "does not send a pending message when its vector is unmasked",
                            VECTOR,
                            "        route = new Route(target, message);\n        VarHandle.fullFence();\n        deliverPending();",
                            "        route = new Route(target, message);"),
                    new Deviation(
                            "function mask ignored",
                            "sends messages while Function Mask is set",
                            "pci/ConfigSpace.java",
                            "return msix.isUnmasked();",
                            "return (msix.control() & MsixCapability.CONTROL_ENABLE) != 0;"),
                    new Deviation(
                            "whole dword masks",
                            "takes reserved bits of vector control for the mask (IR-12)",
                            "pci/MsixTable.java",
                            "!written.isMasked()",
                            "table.get(DWORD, (long) vector * MsixTableEntry.SIZE_BYTES + 12) == 0"),
                    new Deviation(
                            "IEN ignored",
                            "signals completion queues whose interrupts are not enabled (IR-15)",
                            "admin/QueueCommands.java",
                            "interrupts ? actors.interrupt(vector, queueId) : null",
                            "actors.interrupt(vector, queueId)"),
                    new Deviation(
                            "any vector",
                            "creates queues on vectors that are not there (IR-20)",
                            "admin/QueueCommands.java",
                            "if (interrupts && vector >= settings.vectors().size()) {",
                            "vector %= settings.vectors().size();\n        if (entries == 0) {"),
                    new Deviation(
                            "count alone",
                            "coalesces by threshold without a timer (IR-18)",
                            INTERRUPT,
                            "} else if (timer == null) {",
                            "} else if (withheld < 0) {"),
                    new Deviation(
                            "timer starts again",
                            "measures the coalescing time from the last entry (IR-19)",
                            INTERRUPT,
                            "} else if (timer == null) {",
                            "} else {\n            if (timer != null) {\n                timer.cancel();\n            }"),
                    new Deviation(
                            "off by one",
                            "signals one entry after the threshold",
                            INTERRUPT,
                            "withheld >= coalescing.threshold()",
                            "withheld > coalescing.threshold()"),
                    new Deviation(
                            "withheld never forgotten",
                            "counts entries that were signalled towards the next threshold",
                            INTERRUPT,
                            "        withheld = 0;\n        if (timer",
                            "        if (timer"),
                    new Deviation(
                            "admin coalesced",
                            "coalesces admin completions",
                            "queue/CompletionQueue.java",
                            "urgent || queueId == 0",
                            "urgent"),
                    new Deviation(
                            "errors coalesced",
                            "withholds completions with an error status",
                            "queue/CompletionQueue.java",
                            "urgent |= !Status.isSuccess(command.status());",
                            ""),
                    new Deviation(
                            "exemption ignored",
                            "coalesces vectors whose coalescing is disabled",
                            "admin/FeatureTable.java",
                            "if (time == 0 || threshold == 0 || disabled) {",
                            "if (time == 0 || threshold == 0 || (disabled && vector > 2047)) {"),
                    new Deviation(
                            "one empty queue is enough",
                            "deasserts the pin when one of two queues is empty (IR-04)",
                            "queue/PinInterrupt.java",
                            "case Drained(var queue) -> filled.remove(queue);",
                            "case Drained _ -> filled.clear();"),
                    new Deviation(
                            "pin for ever",
                            "never notices that the host has consumed all entries",
                            "queue/CompletionQueue.java",
                            "        if (signal.isFilled()) {\n            awaitHead();\n        }\n",
                            ""),
                    new Deviation(
                            "INTMS ignored",
                            "asserts the pin although INTMS masks it",
                            "PinStatus.java",
                            "filled && !registers.pinMasked()",
                            "filled"),
                    new Deviation(
                            "Interrupt Disable ignored",
                            "asserts the pin although the command register forbids it",
                            "pci/ConfigSpace.java",
                            "                && (header.command() & ConfigurationHeader.COMMAND_INTERRUPT_DISABLE) == 0;",
                            ";"),
                    new Deviation(
                            "mode of birth",
                            "keeps signalling as when the queue was created (IR-05)",
                            "admin/QueueActors.java",
                            "        groups.values().forEach(this::tellHowToSignal);\n",
                            ""),
                    new Deviation(
                            "unread forgotten",
                            "sends no message for what is unread when MSI-X is enabled",
                            "queue/CompletionQueue.java",
                            "if (pin.isFilled() && used == null) {",
                            "if (pin.isFilled() && used == null && tail < 0) {"),
                    new Deviation(
                            "INTMS under MSI-X",
                            "takes writes to INTMS while MSI-X is enabled",
                            "ControllerRegisters.java",
                            "pinUsed ? value : 0",
                            "value"),
                    new Deviation(
                            "pin survives reset",
                            "keeps the pin asserted through a controller reset",
                            "Controller.java",
                            "        resetKind = kind;\n        pin.set(false);",
                            "        resetKind = kind;"));

    private DeviationsOfInterrupts() {}
}
