package io.doorbell.controller.admin;

import io.doorbell.bus.memory.GuestMemory;
import io.doorbell.controller.namespace.NamespaceTable;
import io.doorbell.controller.pci.MsixVector;
import io.doorbell.controller.queue.DoorbellDirectory;
import io.doorbell.spec.command.DoorbellBufferConfig;
import io.doorbell.spec.identify.OptionalAdminCommands;

import org.apache.pekko.actor.typed.DispatcherSelector;

import java.util.List;

/**
 * What an epoch is built from: the parts of the controller that outlive it, and what the host
 * latched by enabling.
 *
 * @param vectors the MSI-X vectors of the function
 * @param blocking a dispatcher whose threads may wait for a disk
 * @param version VS
 * @param queuePairsMax I/O queue pairs that can be allocated, 1 to 65,535
 * @param queueEntriesMax CAP.MQES + 1
 * @param transferSizeLog2Pages MDTS, in pages of 4 KiB
 * @param burst most commands a submission queue fetches in one turn
 * @param contiguousQueuesRequired CAP.CQR
 * @param shadowDoorbells whether Doorbell Buffer Config is offered
 * @param doorbellStride CAP.DSTRD
 * @param scatterGatherLists SGLS
 * @param weightedRoundRobin CC.AMS when the host enabled the controller
 * @param keepAliveUnits KAS: granularity of Keep Alive in 100 ms, or 0
 * @param moderatedInterrupts whether messages may wait a moment for more entries
 * @param lasting what outlives the epoch
 * @param admin what CC, AQA, ASQ and ACQ said when the host enabled the controller
 */
public record EpochSettings(
        DoorbellDirectory doorbells,
        List<MsixVector> vectors,
        GuestMemory memory,
        NamespaceTable namespaces,
        DispatcherSelector blocking,
        ControllerIdentity identity,
        int version,
        int queuePairsMax,
        int queueEntriesMax,
        int transferSizeLog2Pages,
        int burst,
        boolean contiguousQueuesRequired,
        boolean shadowDoorbells,
        int doorbellStride,
        boolean scatterGatherLists,
        boolean weightedRoundRobin,
        int keepAliveUnits,
        boolean moderatedInterrupts,
        LastingState lasting,
        AdminQueues admin) {

    /** CAP.MPSMIN, the unit of MDTS: 4 KiB. */
    private static final int PAGE_MIN_LOG2 = 12;

    /**
     * The admin queues and page size of an epoch.
     *
     * @param submissionEntries 2 to 4,096
     * @param completionEntries 2 to 4,096
     * @param pageBytes 2^(12 + CC.MPS)
     */
    public record AdminQueues(
            long submissionBase,
            int submissionEntries,
            long completionBase,
            int completionEntries,
            int pageBytes) {}

    /** Doorbell Buffer Config: offered if the slots of all queues fit the smallest page. */
    boolean offersShadowDoorbells() {
        return shadowDoorbells
                && DoorbellBufferConfig.fits(queuePairsMax, doorbellStride, 1 << PAGE_MIN_LOG2);
    }

    /** OACS: what the options and the namespaces allow (Base §5.17.2.1). */
    int optionalAdminCommands() {
        return OptionalAdminCommands.FORMAT_NVM
                | (offersShadowDoorbells() ? OptionalAdminCommands.DOORBELL_BUFFER_CONFIG : 0)
                | (namespaces.spare() == null ? 0 : OptionalAdminCommands.NAMESPACE_MANAGEMENT);
    }

    ErrorLog errors() {
        return lasting.errors();
    }

    long transferBytesMax() {
        return 1L << (transferSizeLog2Pages + PAGE_MIN_LOG2);
    }
}
