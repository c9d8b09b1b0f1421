package dev.lenet.interop;

import static dev.lenet.interop.OnnxFields.*;

import dev.lenet.api.ModelFormatException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A constant as it stands in the file: {@code values} of a list, {@code raw} bytes, or neither and a place in another file.
 */
record OnnxTensor(
        String name,
        long[] dims,
        int type,
        Numbers values,
        @Nullable ByteBuffer raw,
        Map<String, String> external) {

    static final int HIGHEST_RANK = 8;

    private static final int MOST_VALUES = 1 << 28;

    static OnnxTensor read(ProtoReader message) {
        String name = "";
        Numbers dims = new Numbers(HIGHEST_RANK, "dimensions");
        int type = 0;
        Numbers values = new Numbers(MOST_VALUES, "values");
        @Nullable ByteBuffer raw = null;
        Map<String, String> external = new HashMap<>();
        while (message.next()) {
            switch (message.field()) {
                case TENSOR_DIMS -> message.wholes(dims);
                case TENSOR_DATA_TYPE -> type = (int) message.whole();
                case TENSOR_FLOAT_DATA -> {
                    if (message.isPacked() && raw == null && values.size() == 0) {
                        // The same bytes as raw data has.
                        raw = message.bytes();
                    } else {
                        message.reals(values);
                    }
                }
                case TENSOR_INT32_DATA, TENSOR_INT64_DATA -> message.wholes(values);
                case TENSOR_DOUBLE_DATA -> message.doubles(values);
                case TENSOR_NAME -> name = message.text();
                case TENSOR_RAW_DATA -> raw = message.bytes();
                case TENSOR_EXTERNAL_DATA -> entry(message.message(), external);
                default -> message.skip();
            }
        }
        return new OnnxTensor(name, dims.toArray(), type, values, raw, external);
    }

    private static void entry(ProtoReader message, Map<String, String> external) {
        String key = "";
        String value = "";
        while (message.next()) {
            switch (message.field()) {
                case ENTRY_KEY -> key = message.text();
                case ENTRY_VALUE -> value = message.text();
                default -> message.skip();
            }
        }
        if (external.size() < 8) {
            external.put(key, value);
        }
    }

    /** The values, which must not be in another file. */
    Constant decodeInline() {
        return decode(FilesBeside.NONE);
    }

    /**
     * The values.
     *
     * @param files of the model's folder
     * @throws ModelFormatException if there are not as many as the dimensions say, or of a type that is no number
     */
    Constant decode(FilesBeside files) {
        try {
            return decoded(files);
        } catch (ModelFormatException e) {
            throw new ModelFormatException("tensor " + Excerpt.quoted(name) + ": " + e.getMessage(), e);
        }
    }

    private Constant decoded(FilesBeside files) {
        int width =
                switch (type) {
                    case UINT8, INT8, BOOL -> 1;
                    case FLOAT16, BFLOAT16, UINT16, INT16 -> 2;
                    case FLOAT, INT32 -> 4;
                    case DOUBLE, INT64 -> 8;
                    default ->
                        throw new ModelFormatException("expected numbers of a usual type, received the type " + type
                                + ". Export the weights as float32.");
                };
        int[] sizes = new int[dims.length];
        long count = 1;
        for (int axis = 0; axis < sizes.length; axis++) {
            if (dims[axis] < 0 || dims[axis] > MOST_VALUES) {
                throw ProtoReader.damaged("dimensions from 0 to " + MOST_VALUES, String.valueOf(dims[axis]));
            }
            sizes[axis] = (int) dims[axis];
            count = Math.min(count * dims[axis], Long.MAX_VALUE / MOST_VALUES);
        }
        if (!external.isEmpty()) {
            return Constant.of(sizes, type, bytes(external(files, count * width), count, width));
        }
        if (raw != null) {
            return Constant.of(sizes, type, bytes(raw.duplicate().order(ByteOrder.LITTLE_ENDIAN), count, width));
        }
        if (values.size() != count) {
            throw ProtoReader.damaged(count + " values", String.valueOf(values.size()));
        }
        return Constant.of(sizes, type, values);
    }

    private static ByteBuffer bytes(ByteBuffer raw, long count, int width) {
        if (raw.remaining() != count * width) {
            throw ProtoReader.damaged(count * width + " bytes", String.valueOf(raw.remaining()));
        }
        return raw;
    }

    private ByteBuffer external(FilesBeside files, long expected) {
        long length = number("length", expected);
        if (length != expected) {
            throw ProtoReader.damaged(expected + " bytes of values", String.valueOf(length));
        }
        return files.read(external.getOrDefault("location", ""), number("offset", 0), length);
    }

    private long number(String key, long otherwise) {
        String text = external.get(key);
        if (text == null) {
            return otherwise;
        }
        if (!text.matches("[0-9]{1,18}")) {
            throw ProtoReader.damaged("a number as " + key, Excerpt.quoted(text));
        }
        return Long.parseLong(text);
    }
}
