package io.doorbell.simulation.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.bus.pci.MsixMessage;
import io.doorbell.bus.pci.PciAccess;
import io.doorbell.bus.pci.PciAccess.BarRead;
import io.doorbell.bus.pci.PciAccess.BarWrite;
import io.doorbell.bus.pci.PciAccess.BarWritePair;
import io.doorbell.bus.pci.PciAccess.ReadCompletion;
import io.doorbell.simulation.fault.Fault;
import io.doorbell.simulation.fault.LiveFaults;
import io.doorbell.simulation.world.MessageFilter.Delivery;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** What becomes of register accesses and interrupts on wires of real time. */
@SuppressWarnings("NullAway") // nobody is answered here
class LiveWiresTest {
    private static final int DOORBELL = 0x1008; // of submission queue 1
    private static final int TABLE = 0x2000;

    private final ManualTime time = new ManualTime();
    private final LiveFaults faults = new LiveFaults(1, time::nanoTime, _ -> {});
    private final LiveLane lane = new LiveLane(faults, time, time::nanoTime, 0, TABLE);
    private final LiveInterrupts interrupts = new LiveInterrupts(faults, time, time::nanoTime);
    private final List<String> arrived = new ArrayList<>();

    /** Says what arrives. */
    private record Seen(Object message, List<String> arrived) implements Delivery {
        @Override
        public void arrive() {
            arriveAs(message);
        }

        @Override
        public void arriveAs(Object other) {
            arrived.add(
                    switch (other) {
                        case BarWrite write ->
                                "%x=%x".formatted(write.offsetBytes(), write.value());
                        case BarRead read -> "read %x".formatted(read.offsetBytes());
                        case ReadCompletion answer ->
                                "%d: %x".formatted(answer.tag(), answer.value());
                        case MsixMessage message -> "vector " + (message.data() - 1);
                        default -> other.toString();
                    });
        }
    }

    private void arm(String text) {
        faults.arm(Fault.parse(text));
    }

    private void send(PciAccess access) {
        lane.sent(access, new Seen(access, arrived));
    }

    private static BarWrite store(int value) {
        return new BarWrite(0, DOORBELL, 4, value);
    }

    private void ring(int... values) {
        for (int value : values) {
            send(store(value));
        }
    }

    private void load(int offset, long tag) {
        send(new BarRead(0, offset, 4, tag, null));
    }

    private void answer(long tag, long value) {
        ReadCompletion answer = new ReadCompletion(tag, value);
        lane.answered(answer, new Seen(answer, arrived));
    }

    private void interrupt(int vector) {
        MsixMessage message = new MsixMessage(0, vector + 1);
        interrupts.sent(message, new Seen(message, arrived));
    }

    @Test
    void lostStore_neverArrives() {
        arm("lose at write/sq-1-tail nth 2");
        ring(1, 2, 3);
        assertThat(arrived).containsExactly("1008=1", "1008=3");
    }

    @Test
    void doubledStore_arrivesTwice() {
        arm("double at write/sq-1-tail");
        ring(1, 2);
        assertThat(arrived).containsExactly("1008=1", "1008=1", "1008=2");
    }

    @Test
    void flippedStore_hasOtherBits_ofItsWidth() {
        arm("flip at write/sq-1-tail amount 1F00000001h");
        ring(2);
        assertThat(arrived).containsExactly("1008=3");
    }

    @Test
    void delayedStore_isPassedByOthers() {
        arm("delay at write/sq-1-tail amount 50us");
        ring(1, 2);
        assertThat(arrived).containsExactly("1008=2");
        time.pass(49_999);
        assertThat(arrived).hasSize(1);
        time.pass(1);
        assertThat(arrived).containsExactly("1008=2", "1008=1");
    }

    @Test
    void slowStore_holdsUpAllThatFollows() {
        arm("slow at write/sq-1-tail amount 50us");
        ring(1, 2);
        load(0x1c, 9);
        assertThat(arrived).isEmpty();
        time.pass(50_000);
        assertThat(arrived).containsExactly("1008=1", "1008=2", "read 1c");
        ring(3);
        assertThat(arrived).last().isEqualTo("1008=3");
    }

    @Test
    void secondSlowStore_isSlowFromWhenItLeft() {
        arm("slow at write/sq-1-tail times 2 amount 50us");
        ring(1);
        time.pass(20_000);
        ring(2);
        time.pass(30_000);
        assertThat(arrived).containsExactly("1008=1");
        time.pass(20_000);
        assertThat(arrived).containsExactly("1008=1", "1008=2");
    }

    @Test
    void reorderedStore_comesBehindTheNext() {
        arm("reorder at write/sq-1-tail");
        ring(1, 2, 3);
        assertThat(arrived).containsExactly("1008=2", "1008=1", "1008=3");
    }

    @Test
    void pair_isTwoStores() {
        arm("lose at write/sq-1-tail nth 2");
        send(new BarWritePair(store(1), store(2)));
        assertThat(arrived).containsExactly("1008=1");
    }

    @Test
    void interruptTableOfTheBridge_isNotTheHosts() {
        arm("lose at write/* times 9");
        send(new BarWrite(0, TABLE + 8, 8, 5));
        assertThat(arrived).containsExactly("2008=5");
    }

    @Test
    void answers_readAllOnes_orWhatTheyDidBefore_orOtherBits() {
        arm("all-ones at read/csts nth 2");
        arm("stale at read/csts nth 3");
        arm("flip at read/csts nth 4 amount 6");
        for (int tag = 1; tag <= 5; tag++) {
            load(0x1c, tag);
        }
        arrived.clear();
        for (int tag = 1; tag <= 5; tag++) {
            answer(tag, tag);
        }
        assertThat(arrived).containsExactly("1: 1", "2: ffffffff", "3: ffffffff", "4: 2", "5: 5");
    }

    @Test
    void answersToOtherLoads_areAsTheyWere() {
        arm("all-ones at read/* times 9");
        answer(-1, 4);
        assertThat(arrived).containsExactly("-1: 4");
    }

    @Test
    void interrupts_areLostDoubledLateReorderedAndSpurious() {
        arm("lose at interrupt/1");
        arm("double at interrupt/2");
        arm("delay at interrupt/3 amount 7us");
        arm("reorder at interrupt/4");
        arm("spurious at interrupt/5 amount 9us");
        for (int vector = 1; vector <= 5; vector++) {
            interrupt(vector);
        }
        assertThat(arrived).containsExactly("vector 2", "vector 2", "vector 5", "vector 4");
        arrived.clear();
        time.pass(10_000);
        assertThat(arrived).containsExactly("vector 3", "vector 5");
        interrupt(1);
        assertThat(arrived).last().isEqualTo("vector 1");
    }

    @Test
    void secondHeldBackInterrupt_letsTheFirstGo() {
        arm("reorder at interrupt/* times 2");
        interrupt(1);
        interrupt(2);
        assertThat(arrived).containsExactly("vector 1");
        interrupt(3);
        assertThat(arrived).containsExactly("vector 1", "vector 3", "vector 2");
    }

    @Test
    void changesOfThePin_stayInOrder_howeverLateOneIs() {
        arm("delay at interrupt/pin amount 5us");
        interrupts.pinChanged(new Seen("up", arrived));
        interrupts.pinChanged(new Seen("down", arrived));
        assertThat(arrived).isEmpty();
        time.pass(5_000);
        assertThat(arrived).containsExactly("up", "down");
    }

    @Test
    void lostChangeOfThePin_neverArrives() {
        arm("lose at interrupt/pin");
        interrupts.pinChanged(new Seen("up", arrived));
        interrupts.pinChanged(new Seen("down", arrived));
        assertThat(arrived).containsExactly("down");
    }
}
