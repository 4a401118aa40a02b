package io.doorbell.controller.admin;

import io.doorbell.spec.NamespaceId;
import io.doorbell.spec.Status;
import io.doorbell.spec.SubmissionEntry;
import io.doorbell.spec.command.GetLogPage;
import io.doorbell.spec.log.LogPageId;
import io.doorbell.spec.log.SupportedLogPage;
import io.doorbell.spec.log.SupportedLogPages;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.TreeMap;

/** Get Log Page (Base §5.16): which pages there are, and which bytes of one are asked for. */
final class LogPages {
    /** A log page: its size, and what is in it now. */
    interface Page {
        int sizeBytes();

        /** Fills a page that is all zero and has at least {@link #sizeBytes} bytes. */
        void fill(MemorySegment page);

        /**
         * Begins to gather what the page shows, and says so; false if everything is at hand.
         *
         * @param then runs when it is gathered
         */
        default boolean gather(Runnable then) {
            return false;
        }

        /** The host has read the page with RAE = 0. */
        default void wasRead() {}
    }

    private final Map<Integer, Page> pages = new TreeMap<>();
    private final AdminData data;
    private final AsyncEvents events;
    private final long transferBytesMax;

    /**
     * @param transferBytesMax from MDTS, in bytes
     */
    LogPages(AdminData data, AsyncEvents events, long transferBytesMax) {
        this.data = data;
        this.events = events;
        this.transferBytesMax = transferBytesMax;
        add(LogPageId.SUPPORTED_LOG_PAGES, new Supported());
    }

    /** Offers a page. */
    LogPages add(int logPageId, Page page) {
        pages.put(logPageId, page);
        return this;
    }

    AdminOutcome get(PendingCommand command) {
        SubmissionEntry entry = command.entry();
        int logPageId = GetLogPage.logPageId(entry);
        Page page = pages.get(logPageId);
        AdminOutcome.Done refusal = refusal(entry, page);
        if (page == null || refusal != null) {
            return refusal == null
                    ? AdminOutcome.refused(
                            Status.INVALID_LOG_PAGE, SubmissionEntry.CDW10_OFFSET_BYTES)
                    : refusal;
        }
        boolean waits = page.gather(() -> command.finish(send(command, page)));
        return waits ? AdminOutcome.PENDING : send(command, page);
    }

    private AdminOutcome.Done send(PendingCommand command, Page page) {
        SubmissionEntry entry = command.entry();
        long offset = GetLogPage.offsetBytes(entry);
        MemorySegment content = data.cleared();
        page.fill(content);
        long bytes = Math.min(GetLogPage.lengthBytes(entry), page.sizeBytes() - offset);
        int status = data.send(command, content.asSlice(offset), bytes);
        if (status == Status.SUCCESS && !GetLogPage.retainAsynchronousEvent(entry)) {
            page.wasRead();
            events.logPageRead(GetLogPage.logPageId(entry));
        }
        return AdminOutcome.done(status);
    }

    /** Why the request cannot be met, or null. */
    private AdminOutcome.@Nullable Done refusal(SubmissionEntry entry, @Nullable Page page) {
        long offset = GetLogPage.offsetBytes(entry);
        if (page == null) {
            return null;
        }
        if (offset < 0 || offset > page.sizeBytes() || (offset & 3) != 0) {
            return AdminOutcome.invalidField(SubmissionEntry.CDW12_OFFSET_BYTES);
        }
        if (GetLogPage.offsetIsIndex(entry)) {
            return AdminOutcome.invalidField(SubmissionEntry.CDW14_OFFSET_BYTES);
        }
        if (entry.namespaceId() != 0 && entry.namespaceId() != NamespaceId.BROADCAST) {
            return AdminOutcome.invalidField(SubmissionEntry.NAMESPACE_ID_OFFSET_BYTES);
        }
        return GetLogPage.lengthBytes(entry) > transferBytesMax
                ? AdminOutcome.invalidField(SubmissionEntry.CDW10_OFFSET_BYTES)
                : null;
    }

    /** Log page 00h (Base §5.16.1.1). */
    private final class Supported implements Page {
        @Override
        public int sizeBytes() {
            return SupportedLogPages.SIZE_BYTES;
        }

        @Override
        public void fill(MemorySegment page) {
            SupportedLogPages view = new SupportedLogPages().wrap(page, 0);
            pages.keySet().forEach(id -> view.logPage(id, SupportedLogPage.withSupported(0, true)));
        }
    }
}
