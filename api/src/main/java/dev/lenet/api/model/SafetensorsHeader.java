package dev.lenet.api.model;

import dev.lenet.api.ModelFormatException;
import dev.lenet.api.Shape;
import dev.lenet.api.ShapeException;
import dev.lenet.api.network.TensorData;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The JSON part of a safetensors file: which tensor lies where in the buffer of values behind it.
 *
 * <p>{@code {"__metadata__":{"key":"text"},"fc1.bias":{"dtype":"F32","shape":[120],"data_offsets":[0,480]}}}
 *
 * @param metadata free texts
 * @param entries in the order of their values, which they cover without holes or overlaps
 */
record SafetensorsHeader(Map<String, String> metadata, List<Entry> entries) {
    static final String METADATA = "__metadata__";

    /** The other types of the format, in safetensors 0.6. */
    private static final Set<String> OTHER_TYPES = Set.of(
            "BOOL", "F4", "F6_E2M3", "F6_E3M2", "U8", "I8", "F8_E5M2", "F8_E4M3", "F8_E8M0", "I16", "U16", "I32", "U32",
            "C64", "U64");

    /** How tensors may be stored. */
    enum Type {
        F32(Float.BYTES),
        F16(Short.BYTES),
        BF16(Short.BYTES),
        F64(Double.BYTES),
        /** What counts something: PyTorch counts batches. */
        I64(Long.BYTES);

        private final int bytes;

        Type(int bytes) {
            this.bytes = bytes;
        }

        /** Of a value. */
        int bytes() {
            return bytes;
        }

        float next(ByteBuffer in) {
            return switch (this) {
                case F32 -> in.getFloat();
                case F16 -> half(in.getShort());
                case BF16 -> Float.intBitsToFloat(in.getShort() << Short.SIZE);
                case F64 -> (float) in.getDouble();
                case I64 -> in.getLong();
            };
        }

        /** IEEE 754, binary16. */
        private static float half(short bits) {
            int exponent = bits >> 10 & 0x1F;
            int fraction = bits & 0x3FF;
            float magnitude = exponent == 0
                    ? fraction * 0x1p-24f
                    : exponent == 31
                            ? (fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN)
                            : Math.scalb(1 + fraction * 0x1p-10f, exponent - 15);
            return bits < 0 ? -magnitude : magnitude;
        }
    }

    /** Characters. */
    private static final int DECODED_AT_ONCE = 1 << 13;

    /** PyTorch's limit. */
    private static final int HIGHEST_RANK = 64;

    /**
     * One tensor.
     *
     * @param type of its values
     * @param begin of its values, in bytes from the start of the buffer
     * @param end of its values, exclusive
     */
    record Entry(String name, Type type, Shape shape, long begin, long end) {}

    /**
     * Reads a header.
     *
     * @param bytes without the length before them, with the padding behind
     * @param bufferSize the bytes of values that follow in the file
     * @param converts whether other types than float32 may be there
     * @throws ModelFormatException if it is not a header, or not one of just such a buffer
     */
    static SafetensorsHeader parse(byte[] bytes, long bufferSize, boolean converts) {
        int length = bytes.length;
        while (length > 0 && bytes[length - 1] == ' ') {
            length--;
        }
        if (length == 0 || bytes[0] != '{' || bytes[length - 1] != '}') {
            throw new ModelFormatException("header: expected an object between { and }, padded with spaces, received "
                    + "something else." + Json.REMEDY);
        }
        Map<String, ? extends Json> members =
                JsonReader.read(decode(bytes, length)).members("header").values();
        Map<String, String> metadata = new LinkedHashMap<>();
        List<Entry> entries = new ArrayList<>();
        members.forEach((name, value) -> {
            if (name.equals(METADATA)) {
                value.members(METADATA)
                        .values()
                        .forEach((key, text) -> metadata.put(key, text.text(METADATA + ", " + Json.quotedStart(key))));
            } else {
                entries.add(entry(name, value, converts));
            }
        });
        entries.sort(Comparator.comparingLong(Entry::begin));
        checkTiling(entries, bufferSize);
        return new SafetensorsHeader(metadata, entries);
    }

    private static String decode(byte[] bytes, int length) {
        // A decoder reports what is not UTF-8; the constructor of String would replace it. Piece by piece, as
        // characters
        // take more memory than the bytes.
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes, 0, length);
        CharBuffer piece = CharBuffer.allocate(DECODED_AT_ONCE);
        CoderResult result;
        do {
            result = decoder.decode(in, piece.clear(), true);
        } while (result.isOverflow());
        if (result.isError()) {
            throw new ModelFormatException(String.format(
                    Locale.ROOT,
                    "header: expected UTF-8, received the byte %02x at %d.%s",
                    bytes[in.position()],
                    in.position(),
                    Json.REMEDY));
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private static Entry entry(String name, Json value, boolean converts) {
        String where = where(name);
        Json.Members members = value.members(where);
        members.only(where, List.of("dtype", "shape", "data_offsets"));
        Type type = type(where, members.member(where, "dtype").text(where + ", dtype"), converts);
        List<? extends Json> sizes =
                members.member(where, "shape").array(where + ", shape").items();
        List<? extends Json> offsets = members.member(where, "data_offsets")
                .array(where + ", data_offsets")
                .items();
        if (sizes.size() > HIGHEST_RANK || offsets.size() != 2) {
            throw new ModelFormatException(where + ": expected at most " + HIGHEST_RANK
                    + " dimensions and two data_offsets, received " + sizes.size() + " and " + offsets.size() + "."
                    + Json.REMEDY);
        }
        Shape shape = shape(where, sizes);
        long begin = offsets.get(0).integer(where + ", data_offsets", 0, Long.MAX_VALUE);
        long end = offsets.get(1).integer(where + ", data_offsets", begin, Long.MAX_VALUE);
        long bytes = (long) shape.size() * type.bytes();
        if (end - begin != bytes) {
            throw new ModelFormatException(where + ": expected " + bytes + " bytes for " + shape + ", received "
                    + (end - begin) + " by its data_offsets." + Json.REMEDY);
        }
        return new Entry(name, type, shape, begin, end);
    }

    private static Type type(String where, String name, boolean converts) {
        for (Type type : Type.values()) {
            if (type.name().equals(name) && (converts || type == Type.F32)) {
                return type;
            }
        }
        boolean isKnown = OTHER_TYPES.contains(name)
                || Arrays.stream(Type.values()).anyMatch(type -> type.name().equals(name));
        if (isKnown) {
            throw new ModelFormatException(where + ": expected the dtype " + Type.F32 + ", received " + name
                    + ". Save it as float32: in PyTorch, tensor.float().");
        }
        throw new ModelFormatException(
                where + ": expected a dtype of safetensors, received " + Json.quotedStart(name) + "." + Json.REMEDY);
    }

    private static Shape shape(String where, List<? extends Json> sizes) {
        try {
            return Shape.of(sizes.stream()
                    .mapToInt(size -> (int) size.integer(where + ", shape", 0, Integer.MAX_VALUE))
                    .toArray());
        } catch (ShapeException e) {
            // The format allows tensors without values; no network has any.
            throw new ModelFormatException(where + ": " + e.getMessage(), e);
        }
    }

    private static void checkTiling(List<Entry> entries, long bufferSize) {
        long position = 0;
        for (Entry entry : entries) {
            if (entry.begin() != position) {
                throw new ModelFormatException(where(entry.name()) + ": expected its values at byte " + position
                        + ", where those before it end, received byte " + entry.begin() + "." + Json.REMEDY);
            }
            position = entry.end();
        }
        if (position != bufferSize) {
            throw new ModelFormatException("tensors: expected " + position + " bytes of values, received " + bufferSize
                    + ". The file is cut off or damaged: copy or save it again.");
        }
    }

    private static String where(String tensor) {
        return "tensor " + Json.quotedStart(tensor);
    }

    /** The header of those tensors, their values one behind the other. */
    static SafetensorsHeader of(Map<String, String> metadata, Map<String, TensorData> tensors) {
        List<Entry> entries = new ArrayList<>();
        long position = 0;
        for (Map.Entry<String, TensorData> tensor : tensors.entrySet()) {
            long end = position + (long) tensor.getValue().shape().size() * Float.BYTES;
            entries.add(new Entry(tensor.getKey(), Type.F32, tensor.getValue().shape(), position, end));
            position = end;
        }
        return new SafetensorsHeader(metadata, entries);
    }

    /** As {@link #parse} reads it, padded so that the values start at a multiple of 8 bytes. */
    byte[] bytes() {
        Map<String, Json> members = new LinkedHashMap<>();
        if (!metadata.isEmpty()) {
            members.put(METADATA, Json.ofTexts(metadata));
        }
        for (Entry entry : entries) {
            Map<String, Json> tensor = new LinkedHashMap<>();
            tensor.put("dtype", new Json.Text(entry.type().name()));
            tensor.put(
                    "shape",
                    integers(Arrays.stream(entry.shape().toArray())
                            .asLongStream()
                            .toArray()));
            tensor.put("data_offsets", integers(entry.begin(), entry.end()));
            members.put(entry.name(), new Json.Members(tensor));
        }
        byte[] json = new Json.Members(members).toString().getBytes(StandardCharsets.UTF_8);
        byte[] padded = Arrays.copyOf(json, (json.length + 7) / 8 * 8);
        Arrays.fill(padded, json.length, padded.length, (byte) ' ');
        return padded;
    }

    private static Json integers(long... values) {
        return new Json.Array(Arrays.stream(values)
                .mapToObj(value -> new Json.Numeral(Long.toString(value)))
                .toList());
    }
}
