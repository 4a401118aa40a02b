package io.doorbell.simulation.situation;

import io.doorbell.bus.memory.DmaStatus;
import io.doorbell.simulation.fault.Strike;
import io.doorbell.simulation.observe.BusModel;
import io.doorbell.simulation.observe.BusObserver;

/**
 * Recognizes situations in one run, from what the model makes of the bus. Of what passes on the bus
 * it has to be told before the model is.
 */
public final class Situations implements BusObserver {
    private final Sightings sightings = new Sightings();
    private final BusModel model;
    private final LifeSituations life;
    private final HostSituations host;
    private final FaultSituations faults;
    private final StoreSituations stores;

    public Situations(BusModel model) {
        this.model = model;
        life = new LifeSituations(model, sightings);
        host = new HostSituations(model, sightings);
        faults = new FaultSituations(model, sightings);
        stores = new StoreSituations(sightings);
        model.watch(life);
        model.watch(host);
        model.watch(faults);
        model.watch(new QueueSituations(model, sightings));
        model.watch(new InterruptSituations(model, sightings));
        model.watch(new ShadowSituations(model, sightings));
    }

    /** What was met so far. */
    public Sightings sightings() {
        return sightings;
    }

    @Override
    public void deviceRead(long address, long sizeBytes, DmaStatus status) {
        life.memoryTouched();
    }

    @Override
    public void deviceWrote(long address, long sizeBytes, DmaStatus status) {
        life.memoryTouched();
        stores.made(address, model.nanos());
    }

    @Override
    public void deviceWriteVisible(long address, long sizeBytes) {
        stores.seen(address, model.nanos());
    }

    @Override
    public void functionReset() {
        life.functionReset();
    }

    @Override
    public void actorFailed(String path, Throwable cause) {
        life.partFailed();
    }

    @Override
    public void faultStruck(Strike strike) {
        faults.struck(strike);
    }

    @Override
    public void timedOut(int queueId, int commandId) {
        host.timedOut(queueId, commandId);
    }

    @Override
    public void foundCompleted(int queueId, int commandId) {
        host.foundCompleted(queueId, commandId);
    }

    @Override
    public void unknownCompletion(int queueId, int commandId) {
        host.unknownCompletion(queueId, commandId);
    }

    @Override
    public void cancelled(int queueId, int commandId) {
        host.cancelled(queueId, commandId);
    }

    @Override
    public void sentAgain(int queueId, int commandId) {
        host.sentAgain(queueId, commandId);
    }

    @Override
    public void gaveUp(int queueId, int commandId) {
        host.gaveUp(queueId, commandId);
    }
}
