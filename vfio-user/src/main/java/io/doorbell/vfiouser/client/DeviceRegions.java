package io.doorbell.vfiouser.client;

import io.doorbell.spec.pci.ConfigurationHeader;
import io.doorbell.vfiouser.posix.Descriptor;
import io.doorbell.vfiouser.protocol.Reply;
import io.doorbell.vfiouser.protocol.Request;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * The regions of a device, accessed by messages that wait for their answers. What it refuses is as
 * on a bus where nobody answers: loads give all ones, stores are lost.
 */
final class DeviceRegions {
    /** Index of configuration space. */
    static final int CONFIGURATION = 7;

    private static final int BARS = ConfigurationHeader.BASE_ADDRESS_COUNT;
    private static final int ARGUMENT_BYTES = 32;
    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final VfioUserClient client;
    private final long[] sizes = new long[CONFIGURATION + 1];
    private boolean posted = true;

    private DeviceRegions(VfioUserClient client) {
        this.client = client;
    }

    /** What the device says of its regions. */
    static DeviceRegions ask(VfioUserClient client) throws RefusedException, InterruptedException {
        DeviceRegions regions = new DeviceRegions(client);
        for (int index = 0; index <= CONFIGURATION; index++) {
            if (index < BARS || index == CONFIGURATION) {
                Reply.RegionInfo info =
                        (Reply.RegionInfo)
                                client.ask(
                                        new Request.GetRegionInfo(ARGUMENT_BYTES, index),
                                        List.of());
                regions.sizes[index] = info.sizeBytes();
                regions.posted &= (info.flags() & Reply.RegionInfo.MAPPABLE) == 0;
            }
        }
        return regions;
    }

    /** Sizes of the six BARs, in bytes. */
    long[] barBytes() {
        return Arrays.copyOf(sizes, BARS);
    }

    /** What a load gives that nobody answers. */
    static long nothing(int width) {
        return -1L >>> (Long.SIZE - Byte.SIZE * width);
    }

    long read(int region, long offset, int width) {
        if (!isInside(region, offset, width)) {
            return nothing(width);
        }
        try {
            Reply reply = client.ask(new Request.RegionRead(offset, region, width), List.of());
            MemorySegment data = ((Reply.RegionData) reply).data();
            long value = 0;
            for (int i = 0; i < Math.min(width, data.byteSize()); i++) {
                value |= (data.get(ValueLayout.JAVA_BYTE, i) & 0xFFL) << (Byte.SIZE * i);
            }
            return value;
        } catch (RefusedException refused) {
            client.checkAlive();
            return nothing(width);
        } catch (InterruptedException interrupted) {
            throw interrupted(interrupted);
        }
    }

    /** A store that has taken effect on return. */
    void write(int region, long offset, int width, long value) {
        if (isInside(region, offset, width)) {
            order(new Request.RegionWrite(offset, region, data(width, value)), List.of());
        }
    }

    /** A store that nobody waits for, as QEMU sends them to a device of which it maps nothing. */
    void writePosted(int region, long offset, int width, long value) {
        if (!posted) {
            write(region, offset, width, value);
        } else if (isInside(region, offset, width)) {
            client.post(new Request.RegionWrite(offset, region, data(width, value)));
        }
    }

    /** Asks, and waits until it was done, or refused. */
    void order(Request request, List<Descriptor> descriptors) {
        try {
            Reply _ = client.ask(request, descriptors);
        } catch (RefusedException refused) {
            client.checkAlive();
        } catch (InterruptedException interrupted) {
            throw interrupted(interrupted);
        }
    }

    private boolean isInside(int region, long offset, int width) {
        return offset >= 0 && offset <= sizes[region] - width;
    }

    private static MemorySegment data(int width, long value) {
        byte[] bytes = new byte[Long.BYTES];
        MemorySegment data = MemorySegment.ofArray(bytes);
        data.set(LONG, 0, value);
        return data.asSlice(0, width);
    }

    private static DeviceGoneException interrupted(InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return new DeviceGoneException("The wait for the device was interrupted: " + interrupted);
    }
}
