package dev.lenet.api.model;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes a message in the wire format of protocol buffers: fields one after the other, each a key and a value. The key is the
 * field's number, shifted, and a type that says how long the value is.
 *
 * <p>Event files and ONNX models need six kinds of fields and no reader, which is less than a library and a compiler of its own
 * would bring along. Give fields in the order of their numbers, as the usual libraries write them: then the bytes are the
 * same as theirs. <a href="https://protobuf.dev/programming-guides/encoding/">Protocol Buffers, Encoding</a>.
 *
 * <p>Each method adds a field and returns this message.
 */
public final class ProtoMessage {
    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int LENGTH_DELIMITED = 2;
    private static final int FIXED_32 = 5;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** An {@code int32}, {@code int64} or {@code enum} field; left out if 0. */
    public ProtoMessage whole(int field, long value) {
        if (value != 0) {
            key(field, VARINT);
            varint(value);
        }
        return this;
    }

    /** A repeated {@code int32}, {@code int64} or {@code enum} field, with a key for each value; 0 is written as well. */
    public ProtoMessage wholes(int field, int... values) {
        for (int value : values) {
            key(field, VARINT);
            varint(value);
        }
        return this;
    }

    /** A {@code double} field; 0 is written as well. */
    public ProtoMessage real(int field, double value) {
        key(field, FIXED_64);
        bytes.writeBytes(littleEndian(8).putDouble(value).array());
        return this;
    }

    /** A {@code float} field; 0 is written as well. */
    public ProtoMessage real(int field, float value) {
        key(field, FIXED_32);
        bytes.writeBytes(littleEndian(4).putFloat(value).array());
        return this;
    }

    /** A {@code string} field; left out if empty. */
    public ProtoMessage text(int field, String value) {
        return value.isEmpty() ? this : bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    /** A {@code bytes} field. */
    public ProtoMessage bytes(int field, byte[] value) {
        key(field, LENGTH_DELIMITED);
        varint(value.length);
        bytes.writeBytes(value);
        return this;
    }

    /** A field that is a message itself. */
    public ProtoMessage message(int field, ProtoMessage value) {
        return bytes(field, value.toBytes());
    }

    /** The encoded message. */
    public byte[] toBytes() {
        return bytes.toByteArray();
    }

    /** Little-endian. */
    private static ByteBuffer littleEndian(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void key(int field, int type) {
        varint((long) field << 3 | type);
    }

    /** Seven bits a byte, the lowest first; the eighth says that more follow. */
    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes.write((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        bytes.write((int) rest);
    }
}
