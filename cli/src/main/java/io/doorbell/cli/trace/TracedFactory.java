package io.doorbell.cli.trace;

import io.doorbell.bus.memory.GuestMemory;
import io.doorbell.bus.pci.InterruptRoutes;
import io.doorbell.bus.pci.PciPort;
import io.doorbell.cli.settings.NamespaceSettings;
import io.doorbell.cli.settings.Settings;
import io.doorbell.reactor.MessageFilter;
import io.doorbell.vfiouser.memory.RegionListener;
import io.doorbell.vfiouser.server.FunctionFactory;

import java.util.OptionalInt;

/** Functions whose traffic is recorded, for one machine after the other. */
public final class TracedFactory implements FunctionFactory {
    private final FunctionFactory factory;
    private final Settings settings;
    private final Trace trace;

    /**
     * @param factory its messages have to pass {@link #filter}
     */
    public TracedFactory(FunctionFactory factory, Settings settings, Trace trace) {
        this.factory = factory;
        this.settings = settings;
        this.trace = trace;
    }

    /** Records messages before and after what becomes of them. */
    public static MessageFilter filter(Trace trace, MessageFilter next) {
        return new RecordedMessages(trace, next);
    }

    @Override
    public Powered powerOn(GuestMemory memory, InterruptRoutes routes, boolean memoryWaits) {
        trace.add(
                new TraceEvent.PowerOn(
                        settings.controller(),
                        blocks(settings.namespace().backing()),
                        settings.namespace().sizeBytes(),
                        settings.namespace().blockBytes(),
                        memoryWaits));
        return new TracedFunction(
                factory.powerOn(new RecordedMemory(memory, trace), routes, memoryWaits), trace);
    }

    private static String blocks(NamespaceSettings.Backing backing) {
        return switch (backing) {
            case NamespaceSettings.Memory _ -> "memory";
            case NamespaceSettings.ImageFile _ -> "file";
            case NamespaceSettings.Null _ -> "null";
            case NamespaceSettings.Pattern _ -> "pattern";
        };
    }

    @Override
    public RegionListener regionListener() {
        return new RegionListener() {
            @Override
            public void mapped(long address, long bytes, boolean readable, boolean writable) {
                trace.add(new TraceEvent.Map(address, bytes, readable, writable));
            }

            @Override
            public void unmapped(long address, long bytes) {
                trace.add(new TraceEvent.Unmap(address, bytes));
            }
        };
    }

    private record TracedFunction(Powered function, Trace trace) implements Powered {
        @Override
        public PciPort port() {
            return function.port();
        }

        @Override
        public boolean handlesInterrupt(int bar, long offsetBytes) {
            return function.handlesInterrupt(bar, offsetBytes);
        }

        @Override
        public OptionalInt reactor() {
            return function.reactor();
        }

        @Override
        public void close() {
            function.close();
            trace.add(new TraceEvent.PowerOff());
        }
    }
}
