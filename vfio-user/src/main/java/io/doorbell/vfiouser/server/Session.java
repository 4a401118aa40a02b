package io.doorbell.vfiouser.server;

import io.doorbell.spec.pci.ConfigurationHeader;
import io.doorbell.vfiouser.memory.BadRegionException;
import io.doorbell.vfiouser.memory.ClientMemory;
import io.doorbell.vfiouser.pci.FunctionShape;
import io.doorbell.vfiouser.posix.Descriptor;
import io.doorbell.vfiouser.posix.Errno;
import io.doorbell.vfiouser.posix.PosixException;
import io.doorbell.vfiouser.protocol.Header;
import io.doorbell.vfiouser.protocol.MessageReader;
import io.doorbell.vfiouser.protocol.ProtocolException;
import io.doorbell.vfiouser.protocol.Reply;
import io.doorbell.vfiouser.protocol.Request;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * Does what one client asks, message by message.
 *
 * <p>What does not need the function is answered at once; accesses go to the function and are
 * answered when it answers. Replies leave in the order of the requests. A request that cannot be
 * done is refused with an error number, and the connection goes on; a message that is none, or one
 * before the version is agreed on, ends it.
 *
 * <p>Threads: one at a time, which receives.
 */
final class Session implements MessageReader.Handler {
    private static final Logger log = LoggerFactory.getLogger(Session.class);

    private static final int REGION_CONFIG = 7;
    private static final int REGIONS = 9; // QEMU wants to hear of the VGA region too
    private static final int IRQ_PIN = 0;
    private static final int IRQ_MSIX = 2;
    private static final int IRQ_ERROR = 3;
    private static final int IRQ_REQUEST = 4;
    private static final int IRQS = 5;

    private final FunctionPower power;
    private final ReplyQueue replies;
    private final ClientMemory memory;
    private final ClientDma dma;
    private boolean versionAgreed;

    Session(FunctionPower power, ReplyQueue replies, ClientMemory memory, ClientDma dma) {
        this.power = power;
        this.replies = replies;
        this.memory = memory;
        this.dma = dma;
    }

    @Override
    public void message(Header header, MemorySegment body, List<Descriptor> descriptors)
            throws ProtocolException {
        if (header.isReply()) {
            dma.answered(header, body);
            return;
        }
        if (!header.isRequest()) {
            throw new ProtocolException(
                    "A message with flags %Xh: neither request nor reply."
                            .formatted(header.flags()));
        }
        try {
            if (header.isPosted()) {
                posted(header, body);
            } else {
                request(header, body, descriptors);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ProtocolException("The session was interrupted.");
        }
    }

    /** Nobody waits for an answer, so what cannot be done is not done. */
    private void posted(Header header, MemorySegment body)
            throws ProtocolException, InterruptedException {
        if (Request.read(header, body) instanceof Request.RegionWrite write
                && isBar(write.region())
                && write.data().byteSize() <= FunctionAccess.BYTES_MAX
                && isInside(write.offset(), write.data().byteSize(), barBytes(write.region()))) {
            writeBar(write);
        } else {
            log.debug("Posted command {} cannot be done.", header.command());
        }
    }

    private void writeBar(Request.RegionWrite write) throws InterruptedException {
        MemorySegment data = write.data();
        long offset = write.offset();
        if (data.byteSize() == Integer.BYTES && offset % Integer.BYTES == 0) {
            long value = data.get(ValueLayout.JAVA_INT_UNALIGNED, 0) & 0xFFFF_FFFFL;
            function().writeBar(write.region(), offset, Integer.BYTES, value);
        } else {
            function().writeBar(write.region(), offset, data.toArray(ValueLayout.JAVA_BYTE));
        }
        interrupts().stored(write.region(), offset);
    }

    private void request(Header header, MemorySegment body, List<Descriptor> descriptors)
            throws ProtocolException, InterruptedException {
        ReplyQueue.Place place = replies.open(header);
        Request request;
        try {
            request = Request.read(header, body);
        } catch (ProtocolException malformed) {
            refuse(place, Errno.EINVAL, malformed);
            return;
        }
        if (!versionAgreed && !(request instanceof Request.Version)) {
            replies.refuse(place, Errno.EINVAL);
            throw new ProtocolException(
                    "Command %d before the version.".formatted(header.command()));
        }
        try {
            handle(place, request, header, descriptors);
        } catch (BadRegionException bad) {
            refuse(place, Errno.EINVAL, bad);
        } catch (PosixException refused) {
            refuse(place, refused.errno(), refused);
        }
    }

    private void refuse(ReplyQueue.Place place, int errno, Exception why) {
        log.debug("Refused: {}", why.getMessage());
        replies.refuse(place, errno);
    }

    private void handle(
            ReplyQueue.Place place, Request request, Header header, List<Descriptor> descriptors)
            throws ProtocolException, BadRegionException, PosixException, InterruptedException {
        switch (request) {
            case Request.Version version -> agree(place, version, header);
            case Request.DmaMap map -> {
                memory.map(
                        map.address(),
                        map.sizeBytes(),
                        (map.flags() & Request.DMA_READABLE) != 0,
                        (map.flags() & Request.DMA_WRITABLE) != 0,
                        descriptors.isEmpty() ? null : descriptors.getFirst(),
                        descriptors.isEmpty() ? 0 : map.fileOffset());
                replies.fill(place, new Reply.Done());
            }
            case Request.DmaUnmap unmap -> unmap(place, unmap);
            case Request.GetDeviceInfo _ ->
                    replies.fill(
                            place,
                            new Reply.DeviceInfo(
                                    Reply.DeviceInfo.RESETTABLE | Reply.DeviceInfo.PCI,
                                    REGIONS,
                                    IRQS));
            case Request.GetRegionInfo(_, int index) -> regionInfo(place, index);
            case Request.GetIrqInfo(int index) -> irqInfo(place, index);
            case Request.SetIrqs set -> {
                if (new InterruptRequests(interrupts()).set(set, descriptors)) {
                    replies.fill(place, new Reply.Done());
                } else {
                    replies.refuse(place, Errno.EINVAL);
                }
            }
            case Request.RegionRead read -> regionRead(place, read);
            case Request.RegionWrite write -> regionWrite(place, write);
            case Request.DeviceReset _ ->
                    function()
                            .reset(
                                    _ -> {
                                        interrupts().restoreTable();
                                        replies.fill(place, new Reply.Done());
                                    });
            case Request.DmaRead _, Request.DmaWrite _ ->
                    replies.refuse(place, Errno.EINVAL); // the other way round only
            case Request.Unknown _ -> replies.refuse(place, Errno.EOPNOTSUPP);
        }
    }

    private void agree(ReplyQueue.Place place, Request.Version version, Header header)
            throws ProtocolException {
        if (version.major() != 0) {
            replies.refuse(place, Errno.EINVAL);
            throw new ProtocolException(
                    "vfio-user %d.%d; 0.0 is spoken here."
                            .formatted(version.major(), version.minor()));
        }
        versionAgreed = true;
        dma.limitTransfer(Capabilities.transferBytesMax(version.capabilities()));
        int overhead = Header.BYTES + 5; // the numbers and the NUL
        boolean fits = overhead + Capabilities.OURS.length() <= header.sizeBytes();
        replies.fill(place, new Reply.Version(0, 0, fits ? Capabilities.OURS : Capabilities.USUAL));
    }

    private void unmap(ReplyQueue.Place place, Request.DmaUnmap unmap) throws BadRegionException {
        if (unmap.isAll()) {
            memory.unmapAll();
        } else if (!memory.unmap(unmap.address(), unmap.sizeBytes())) {
            replies.refuse(place, Errno.ENOENT);
            return;
        }
        replies.fill(place, new Reply.Unmapped(unmap.flags(), unmap.address(), unmap.sizeBytes()));
    }

    private void regionInfo(ReplyQueue.Place place, int index) {
        if (index < 0 || index >= REGIONS) {
            replies.refuse(place, Errno.EINVAL);
            return;
        }
        long bytes =
                index == REGION_CONFIG
                        ? ConfigurationHeader.EXTENDED_SPACE_SIZE_BYTES
                        : barBytes(index);
        int access = Reply.RegionInfo.READABLE | Reply.RegionInfo.WRITABLE;
        replies.fill(place, new Reply.RegionInfo(bytes == 0 ? 0 : access, index, bytes));
    }

    private void irqInfo(ReplyQueue.Place place, int index) {
        if (index < 0 || index >= IRQS) {
            replies.refuse(place, Errno.EINVAL);
            return;
        }
        int flags = Reply.IrqInfo.BY_EVENT;
        int count =
                switch (index) {
                    case IRQ_PIN -> shape().hasPin() ? 1 : 0;
                    case IRQ_MSIX -> shape().msix().vectorCount();
                    case IRQ_ERROR, IRQ_REQUEST -> 1;
                    default -> 0;
                };
        if (index == IRQ_PIN) {
            flags |= Reply.IrqInfo.MASKABLE | Reply.IrqInfo.AUTOMASKED;
        }
        replies.fill(place, new Reply.IrqInfo(flags, index, count));
    }

    // ---- regions -----------------------------------------------------------------------------

    private void regionRead(ReplyQueue.Place place, Request.RegionRead read) {
        if (!isPossible(read.region(), read.offset(), read.count())) {
            replies.refuse(place, Errno.EINVAL);
            return;
        }
        long offset = read.offset();
        int region = read.region();
        if (region == REGION_CONFIG) {
            function()
                    .readConfig(
                            (int) offset,
                            read.count(),
                            data -> readDone(place, offset, region, data));
        } else {
            function()
                    .readBar(
                            region,
                            offset,
                            read.count(),
                            data -> readDone(place, offset, region, data));
        }
    }

    private void readDone(ReplyQueue.Place place, long offset, int region, byte[] data) {
        replies.fill(place, new Reply.RegionData(offset, region, MemorySegment.ofArray(data)));
    }

    private void regionWrite(ReplyQueue.Place place, Request.RegionWrite write)
            throws InterruptedException {
        int count = (int) write.data().byteSize();
        if (!isPossible(write.region(), write.offset(), count)) {
            replies.refuse(place, Errno.EINVAL);
            return;
        }
        Reply.RegionWritten written =
                new Reply.RegionWritten(write.offset(), write.region(), count);
        if (write.region() == REGION_CONFIG) {
            function()
                    .writeConfig(
                            (int) write.offset(),
                            write.data().toArray(ValueLayout.JAVA_BYTE),
                            _ -> {
                                interrupts().restoreTable();
                                replies.fill(place, written);
                            });
        } else {
            writeBar(write);
            replies.fill(place, written);
        }
    }

    private boolean isPossible(int region, long offset, int count) {
        if (count <= 0 || count > FunctionAccess.BYTES_MAX) {
            return false;
        }
        return region == REGION_CONFIG
                ? isInside(offset, count, ConfigurationHeader.EXTENDED_SPACE_SIZE_BYTES)
                : isBar(region) && isInside(offset, count, barBytes(region));
    }

    private FunctionShape shape() {
        return power.on().shape();
    }

    private FunctionAccess function() {
        return power.on().access();
    }

    private Interrupts interrupts() {
        return power.on().interrupts();
    }

    private static boolean isBar(int region) {
        return region >= 0 && region < FunctionShape.BARS;
    }

    private static boolean isInside(long offset, long count, long bytes) {
        return offset >= 0 && offset <= bytes - count;
    }

    private long barBytes(int region) {
        return isBar(region) ? shape().barBytes().get(region) : 0;
    }
}
