package io.doorbell.simulation.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.spec.NvmOpcode;
import io.doorbell.spec.Status;

import org.junit.jupiter.api.Test;

/** I03: what a read may return. */
class DataOracleTest {
    private static final long LBA = 16;
    private static final long BUFFER = ScriptedBus.DATA;
    private static final int BLOCK = 512;

    private final ScriptedBus bus = new ScriptedBus().start();
    private int nextId = 1;

    private int begin(int opcode, long page, long version) {
        int id = nextId++;
        if (opcode == NvmOpcode.WRITE) {
            ScriptedBus.STAMP.write(bus.memory, page, LBA, version);
        }
        bus.oracles.submitted(1, id, opcode, LBA, 1);
        bus.submit(1, opcode, id, entry -> entry.prp1(page).cdw10((int) LBA).cdw12(0));
        return id;
    }

    private void posted(int id) {
        bus.finish(1, id);
    }

    private int beginWrite(long version, long page) {
        int id = begin(NvmOpcode.WRITE, page, version);
        bus.loaded(page, BLOCK);
        return id;
    }

    private void acknowledged(int id) {
        posted(id);
        bus.oracles.completed(1, id, Status.SUCCESS);
    }

    private void write(long version) {
        acknowledged(beginWrite(version, BUFFER));
    }

    private int beginRead() {
        return begin(NvmOpcode.READ, BUFFER + 4096, 0);
    }

    private void returns(int id, long version) {
        ScriptedBus.STAMP.write(bus.memory, BUFFER + 4096, LBA, version);
        bus.stored(BUFFER + 4096, BLOCK);
        acknowledged(id);
    }

    private void read(long version) {
        returns(beginRead(), version);
    }

    private void expectKept() {
        assertThat(bus.oracles.violation()).isNull();
    }

    private void expectBroken(String expected, String seen) {
        Violation violation = bus.oracles.violation();
        assertThat(violation).isNotNull();
        assertThat(violation.id()).isEqualTo("I03");
        assertThat(violation.expected()).contains(expected);
        assertThat(violation.seen()).contains(seen);
    }

    @Test
    void lastAcknowledgedWrite_isRead() {
        write(1);
        write(2);
        read(2);
        expectKept();
    }

    @Test
    void blockThatWasNeverWritten_mayHoldAnything() {
        read(99);
        expectKept();
    }

    @Test
    void overwrittenVersion_isNotRead() {
        write(1);
        write(2);
        read(1);
        expectBroken("version 2", "version 1");
    }

    @Test
    void concurrentWrite_mayBeReadOrNot() {
        write(1);
        int write = beginWrite(2, BUFFER);
        read(1);
        read(2);
        acknowledged(write);
        read(2);
        expectKept();
    }

    @Test
    void versionThatWasSeen_doesNotGoAwayAgain() {
        write(1);
        beginWrite(2, BUFFER);
        read(2);
        read(1);
        expectBroken("version 2", "version 1");
    }

    @Test
    void tornBlock_isNoVersion() {
        write(1);
        int id = beginRead();
        ScriptedBus.STAMP.write(bus.memory, BUFFER + 4096, LBA, 1);
        bus.store(BUFFER + 4096 + 256, 0);
        bus.stored(BUFFER + 4096, BLOCK);
        acknowledged(id);
        expectBroken("version 1", "no version");
    }

    @Test
    void lostWrite_isNoticed() {
        read(0);
        write(1);
        int id = beginRead();
        bus.stored(BUFFER + 4096, BLOCK); // zeros, as before
        for (int at = 0; at < BLOCK; at += 8) {
            bus.store(BUFFER + 4096 + at, 0);
        }
        acknowledged(id);
        expectBroken("version 1", "zeros");
    }

    @Test
    void cancelledWrite_mayHaveHappened() {
        write(1);
        int cancelled = beginWrite(2, BUFFER);
        bus.oracles.cancelled(1, cancelled);
        read(2);
        read(2);
        expectKept();
    }

    @Test
    void cancelledWrite_hasNoEffectAfterANewerOne() {
        write(1);
        int cancelled = beginWrite(2, BUFFER);
        bus.oracles.cancelled(1, cancelled);
        write(3);
        read(2);
        expectBroken("version 3", "version 2");
    }

    @Test
    void manyWrites_areForgottenInTime() {
        for (long version = 1; version <= 1_000; version++) {
            write(version);
        }
        read(1_000);
        expectKept();
    }
}
