package dev.lenet.interop;

import dev.lenet.api.ModelFormatException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Reads a message in the wire format of protocol buffers, field by field. Nothing is copied but texts; no length goes beyond
 * the message. <a href="https://protobuf.dev/programming-guides/encoding/">Protocol Buffers, Encoding</a>.
 */
final class ProtoReader {
    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int LENGTH_DELIMITED = 2;
    private static final int FIXED_32 = 5;

    private final ByteBuffer bytes;
    private int field;
    private int type;

    /**
     * @param bytes the message, from its position to its limit
     */
    ProtoReader(ByteBuffer bytes) {
        this.bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    static ModelFormatException damaged(String expected, String received) {
        return new ModelFormatException("expected " + expected + ", received " + received
                + ". The file is damaged, cut off, or no ONNX model: export or copy it again.");
    }

    /**
     * Goes to the next field, whose value one of the other methods has to read.
     *
     * @return whether there is one
     */
    boolean next() {
        if (!bytes.hasRemaining()) {
            return false;
        }
        long key = varint();
        field = (int) (key >>> 3);
        type = (int) (key & 7);
        if (field <= 0 || key >>> 3 > (1 << 29) - 1) {
            throw damaged("the number of a field", String.valueOf(key >>> 3));
        }
        return true;
    }

    /** The number of the field. */
    int field() {
        return field;
    }

    /** An integer of any kind. */
    long whole() {
        check(VARINT);
        return varint();
    }

    float real() {
        check(FIXED_32);
        return fixed(Float.BYTES).getFloat();
    }

    String text() {
        return StandardCharsets.UTF_8.decode(bytes()).toString();
    }

    ProtoReader message() {
        return new ProtoReader(bytes());
    }

    /** Whether the values of a repeated field stand together. */
    boolean isPacked() {
        return type == LENGTH_DELIMITED;
    }

    /** A view, little-endian. */
    ByteBuffer bytes() {
        check(LENGTH_DELIMITED);
        return piece();
    }

    /** Adds the values of a repeated integer field, packed or not. */
    void wholes(Numbers target) {
        if (type == LENGTH_DELIMITED) {
            ProtoReader packed = new ProtoReader(piece());
            while (packed.bytes.hasRemaining()) {
                target.add(packed.varint());
            }
        } else {
            target.add(whole());
        }
    }

    /** Adds the bits of the values of a repeated float field, packed or not. */
    void reals(Numbers target) {
        fixed(target, FIXED_32, Float.BYTES);
    }

    /** Adds the bits of the values of a repeated double field, packed or not. */
    void doubles(Numbers target) {
        fixed(target, FIXED_64, Double.BYTES);
    }

    private void fixed(Numbers target, int unpacked, int size) {
        ByteBuffer values;
        if (type == LENGTH_DELIMITED) {
            values = piece();
        } else {
            check(unpacked);
            values = fixed(size);
        }
        if (values.remaining() % size != 0) {
            throw damaged("numbers of " + size + " bytes", values.remaining() + " bytes");
        }
        while (values.hasRemaining()) {
            target.add(size == Float.BYTES ? values.getInt() : values.getLong());
        }
    }

    void skip() {
        switch (type) {
            case VARINT -> varint();
            case FIXED_64 -> fixed(Long.BYTES);
            case FIXED_32 -> fixed(Integer.BYTES);
            case LENGTH_DELIMITED -> piece();
            default -> throw damaged("a kind of field from 0 to 2 or 5", String.valueOf(type));
        }
    }

    private void check(int expected) {
        if (type != expected) {
            throw damaged("field " + field + " of kind " + expected, "kind " + type);
        }
    }

    private ByteBuffer piece() {
        long length = varint();
        if (length < 0 || length > bytes.remaining()) {
            throw damaged("at most " + bytes.remaining() + " bytes in field " + field, String.valueOf(length));
        }
        return fixed((int) length);
    }

    private ByteBuffer fixed(int length) {
        if (length > bytes.remaining()) {
            throw damaged(length + " bytes in field " + field, String.valueOf(bytes.remaining()));
        }
        ByteBuffer piece = bytes.slice(bytes.position(), length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(bytes.position() + length);
        return piece;
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            if (!bytes.hasRemaining()) {
                throw damaged("more bytes in an integer", "the end");
            }
            byte next = bytes.get();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw damaged("an integer of at most ten bytes", "more");
    }
}
