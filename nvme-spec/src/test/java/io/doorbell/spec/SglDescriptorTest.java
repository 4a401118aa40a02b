package io.doorbell.spec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Base 2.0 §4.1.2. */
class SglDescriptorTest {
    @Test
    void sglDescriptor_hasEveryFieldWhereTheClausePutsIt() {
        WindowLayout.of(16, new SglDescriptor()::wrap)
                .qword("address", 0, SglDescriptor::address, SglDescriptor::address)
                .field("lengthBytes", 11, 8, SglDescriptor::lengthBytes, SglDescriptor::lengthBytes)
                .field("identifier", 15, 15, SglDescriptor::identifier, SglDescriptor::identifier)
                .hasNoOtherField(SglDescriptor.class);
        assertThat(SglDescriptor.SIZE_BYTES).isEqualTo(16);
    }

    @Test
    void type_isTheHighNibble() {
        SglDescriptor descriptor = new SglDescriptor().wrap(WindowLayout.memory(16), 0);
        descriptor.identifier(0x21);
        assertThat(descriptor.type()).isEqualTo(SglDescriptor.TYPE_SEGMENT);
        assertThat(descriptor.subType()).isEqualTo(SglDescriptor.SUB_TYPE_OFFSET);
        descriptor.type(SglDescriptor.TYPE_LAST_SEGMENT);
        assertThat(descriptor.identifier()).isEqualTo(0x30);
    }
}
