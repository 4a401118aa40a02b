package io.doorbell.guest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.BitSet;

class CommandTagsTest {
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 1024, 4096, 4097, 4098, 32_769, 65_536})
    void allTagsTaken_areOneLessThanEntries_withDistinctIds(int entryCount) {
        CommandTags tags = new CommandTags(entryCount);
        BitSet ids = new BitSet();
        for (int i = 0; i < entryCount - 1; i++) {
            assertThat(tags.hasFree()).isTrue();
            int tag = tags.take();
            int commandId = tags.commandId(tag);
            assertThat(tag).isBetween(0, entryCount - 2);
            assertThat(ids.get(commandId)).as("id %xh taken twice", commandId).isFalse();
            ids.set(commandId);
            assertThat(tags.find(commandId)).isEqualTo(tag);
        }
        assertThat(tags.hasFree()).isFalse();
        assertThat(tags.inUse()).isEqualTo(entryCount - 1);
        assertThat(ids.length()).isLessThanOrEqualTo(0xFFFF);
    }

    @Test
    void completionThatComesTwice_isUnknownTheSecondTime() {
        CommandTags tags = new CommandTags(8);
        int tag = tags.take();
        int first = tags.commandId(tag);
        tags.release(tag);
        assertThat(tags.find(first)).isEqualTo(-1);

        int again = tags.take();
        assertThat(again).isEqualTo(tag);
        assertThat(tags.commandId(again)).isNotEqualTo(first);
        assertThat(tags.find(first)).as("stale id of a tag in use again").isEqualTo(-1);
        assertThat(tags.find(tags.commandId(again))).isEqualTo(tag);
    }

    @Test
    void generation_comesAroundAfterSixteenUses_inBits15To12() {
        CommandTags tags = new CommandTags(2);
        BitSet ids = new BitSet();
        for (int use = 0; use < 16; use++) {
            int tag = tags.take();
            ids.set(tags.commandId(tag));
            assertThat(tags.commandId(tag) & 0xFFF).isZero();
            tags.release(tag);
        }
        assertThat(ids.cardinality()).isEqualTo(16);
    }

    /** 4,096 tags fit 12 bits exactly: tag 4,095 once had the id FFFFh in its last generation. */
    @ParameterizedTest
    @ValueSource(ints = {4097, 8193, 65_536})
    void commandIdFFFFh_isNeverUsed(int entryCount) {
        CommandTags tags = new CommandTags(entryCount);
        for (int generation = 0; generation < 20; generation++) {
            int last = -1;
            while (tags.hasFree()) {
                last = tags.take();
                if (tags.commandId(last) >= 0xFFFF) {
                    throw new AssertionError("tag " + last + " has id FFFFh");
                }
            }
            for (int tag = 0; tag < entryCount - 1; tag++) {
                tags.release(tag);
            }
        }
    }

    @Test
    void unknownIds_areNotFound() {
        CommandTags tags = new CommandTags(5);
        int commandId = tags.commandId(tags.take());
        for (int id = 0; id <= 0xFFFF; id++) {
            assertThat(tags.find(id) >= 0).as("id %xh", id).isEqualTo(id == commandId);
        }
    }
}
