package io.doorbell.controller.queue;

/** A doorbell register and the flag beside it, as two words of the explorer's machine. */
class ModelRegister extends DoorbellFile {
    final InterleavingExplorer machine;
    private final int value;
    private final int flag;

    ModelRegister(InterleavingExplorer machine, int value, int flag) {
        super(1);
        this.machine = machine;
        this.value = value;
        this.flag = flag;
    }

    @Override
    int loadValue(int slot) {
        return machine.load(value);
    }

    @Override
    void storeValue(int slot, int stored) {
        machine.store(value, stored);
    }

    @Override
    int loadFlag(int slot) {
        return machine.load(flag);
    }

    @Override
    void storeFlag(int slot, int stored) {
        machine.store(flag, stored);
    }

    @Override
    boolean takeFlag(int slot) {
        return machine.exchange(flag, 0) == 1;
    }

    @Override
    void fullFence() {
        machine.fence();
    }
}
