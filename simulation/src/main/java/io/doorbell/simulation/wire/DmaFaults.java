package io.doorbell.simulation.wire;

import io.doorbell.simulation.fault.Fault;
import io.doorbell.simulation.fault.Faults;
import io.doorbell.simulation.fault.Strike;
import io.doorbell.simulation.memory.DmaFilter;
import io.doorbell.simulation.observe.Place;
import io.doorbell.simulation.observe.Places;
import io.doorbell.simulation.world.World;
import io.doorbell.spec.CompletionEntry;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What goes wrong on the device's way to the host's memory.
 *
 * <p>A completion entry is one event, at the store that begins it; what is to become of its half
 * with the phase tag is kept until that is stored.
 */
public final class DmaFaults implements DmaFilter {
    private final World world;
    private final Faults faults;
    private final Places places;
    private final Slot slot;
    private Verdict phaseHalf = PASS;

    public DmaFaults(World world, Faults faults, Places places, Slot slot) {
        this.world = world;
        this.faults = faults;
        this.places = places;
        this.slot = slot;
    }

    @Override
    public Verdict load(long address, long sizeBytes) {
        Place place = places.loaded(address, sizeBytes);
        if (slot.isEmpty()) {
            return place.kind() == Place.Kind.SHADOW ? PASS : FAIL;
        }
        Fault fault = faultAt("dma-read/", place);
        return fault == null ? PASS : verdict(fault);
    }

    @Override
    public Verdict store(long address, long sizeBytes) {
        Place place = places.stored(address, sizeBytes);
        if (slot.isEmpty()) {
            return place.kind() == Place.Kind.DATA || place.kind() == Place.Kind.COMPLETION_ENTRY
                    ? FAIL
                    : LOSE;
        }
        if (place.kind() == Place.Kind.COMPLETION_ENTRY) {
            return entry(place, sizeBytes);
        }
        Fault fault = faultAt("dma-write/", place);
        return fault == null ? PASS : verdict(fault);
    }

    private Verdict entry(Place place, long sizeBytes) {
        if (place.offsetBytes() != 0) {
            Verdict kept = phaseHalf;
            phaseHalf = PASS;
            return kept;
        }
        Fault fault = faultAt("dma-write/", place);
        if (fault == null) {
            return place.queueId() == 0 ? PUSH : PASS; // the host learns of queues that are gone
        }
        if (sizeBytes >= CompletionEntry.SIZE_BYTES) {
            return verdict(fault); // a device that stores it in one piece
        }
        return switch (fault.kind()) {
            case TEAR -> new Verdict.Delay(fault.amount());
            case STALE -> LOSE;
            case FAIL -> FAIL;
            case LOSE -> keep(LOSE, LOSE);
            default -> keep(PASS, verdict(fault));
        };
    }

    private Verdict keep(Verdict now, Verdict forPhaseHalf) {
        phaseHalf = forPhaseHalf;
        return now;
    }

    private static Verdict verdict(Fault fault) {
        return switch (fault.kind()) {
            case FAIL -> FAIL;
            case LOSE -> LOSE;
            case DELAY -> new Verdict.Delay(fault.amount());
            case FLIP -> new Verdict.Flip(fault.amount());
            default -> PASS;
        };
    }

    private @Nullable Fault faultAt(String way, Place place) {
        String name =
                switch (place.kind()) {
                    case SUBMISSION_ENTRY -> "sqe-" + place.queueId();
                    case COMPLETION_ENTRY -> "cqe-" + place.queueId();
                    case POINTER_LIST -> "prp-" + place.queueId();
                    case DATA -> "data-" + place.queueId();
                    case SHADOW -> "shadow";
                    case EVENT_INDEX -> "eventidx";
                    case ELSEWHERE -> "";
                };
        return name.isEmpty() ? null : faults.at(way + name, place.opcode(), () -> commands(place));
    }

    private static List<Strike.Command> commands(Place place) {
        return place.commandId() == Place.NO_COMMAND
                ? List.of()
                : List.of(new Strike.Command(place.queueId(), place.commandId()));
    }

    @Override
    public void later(long nanos, Runnable task) {
        world.after(nanos, task);
    }

    /** Whether any fault needs this. */
    public static boolean areNeeded(Faults faults) {
        return faults.concern("dma-read/", "dma-write/", "controller/");
    }
}
