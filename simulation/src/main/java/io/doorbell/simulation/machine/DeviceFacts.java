package io.doorbell.simulation.machine;

import io.doorbell.controller.ControllerSettings;
import io.doorbell.simulation.observe.FunctionFacts;
import io.doorbell.simulation.observe.FunctionFacts.Places;
import io.doorbell.spec.ControllerCapabilities;
import io.doorbell.spec.pci.BaseAddress;

import java.util.List;

/** What a host could find out about one of our controllers before it uses it. */
public final class DeviceFacts {
    private static final int POWER_CAPABILITY = 0x40;
    private static final int MSIX_CAPABILITY = 0x50;
    private static final int EXPRESS_CAPABILITY = 0x80;
    private static final int ASYNC_REQUESTS_MAX = 4;
    private static final List<Integer> FORMATS_LOG2 = List.of(9, 12);

    private DeviceFacts() {}

    /**
     * The facts of a controller.
     *
     * @param namespaceBlockLog2 log2 of the block size of namespace 1, 2, ...
     * @param movesData false for null namespaces
     */
    public static FunctionFacts of(
            ControllerSettings settings, List<Integer> namespaceBlockLog2, boolean movesData) {
        int stride = settings.doorbellStride();
        return new FunctionFacts(
                ControllerCapabilities.builder()
                        .maximumQueueEntriesZeroBased(settings.queueEntriesMax() - 1)
                        .timeoutHalfSeconds(settings.readyTimeoutHalfSeconds())
                        .doorbellStride(stride)
                        .subsystemResetSupported(settings.options().subsystemReset())
                        .build()
                        .value(),
                settings.queuePairsMax(),
                settings.vectorCount(),
                new Places(
                        POWER_CAPABILITY,
                        MSIX_CAPABILITY,
                        EXPRESS_CAPABILITY,
                        0,
                        BaseAddress.msixTableOffsetBytes(settings.queuePairsMax(), stride)),
                settings.transferSizeLog2Pages(),
                ASYNC_REQUESTS_MAX,
                settings.options().scatterGatherLists(),
                namespaceBlockLog2,
                FORMATS_LOG2,
                movesData,
                false);
    }
}
