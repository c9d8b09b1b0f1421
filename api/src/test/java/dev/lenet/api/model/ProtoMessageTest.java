package dev.lenet.api.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Messages are what protoc's own code writes. */
class ProtoMessageTest {
    /** The example of the encoding guide: field 1 is 150. */
    @Test
    void aNumberIsAVarint() {
        assertThat(new ProtoMessage().whole(1, 150).toBytes()).isEqualTo(new byte[] {0x08, (byte) 0x96, 0x01});
        assertThat(new ProtoMessage().whole(1, -1).toBytes())
                .as("ten bytes and the key")
                .hasSize(11);
    }

    /** The example of the encoding guide: field 2 is "testing". */
    @Test
    void aTextIsItsLengthAndItsBytes() {
        assertThat(new ProtoMessage().text(2, "testing").toBytes())
                .isEqualTo(new byte[] {0x12, 0x07, 0x74, 0x65, 0x73, 0x74, 0x69, 0x6e, 0x67});
    }

    @Test
    void defaultsAreLeftOutButNotAmongRepeatedValues() {
        assertThat(new ProtoMessage().whole(1, 0).text(2, "").toBytes()).isEmpty();
        assertThat(new ProtoMessage().wholes(8, 0, 2).toBytes()).isEqualTo(new byte[] {0x40, 0x00, 0x40, 0x02});
    }

    @Test
    void aMessageInAMessageIsItsLengthAndItsBytes() {
        assertThat(new ProtoMessage()
                        .message(3, new ProtoMessage().whole(1, 150))
                        .toBytes())
                .isEqualTo(new byte[] {0x1a, 0x03, 0x08, (byte) 0x96, 0x01});
    }
}
