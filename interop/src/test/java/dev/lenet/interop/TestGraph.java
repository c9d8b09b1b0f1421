package dev.lenet.interop;

import dev.lenet.api.RandomStream;
import dev.lenet.api.model.ProtoMessage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;

/** Writes ONNX files as various exporters do. Weights are random, from the name's own stream. */
final class TestGraph {
    static final int FLOAT = 1;
    static final int UINT8 = 2;
    static final int INT64 = 7;
    static final int FLOAT16 = 10;

    /** How values of initializers stand in the file. */
    enum Storage {
        RAW,
        LISTED,
        HALF,
        DOUBLE
    }

    private final int opset;
    private final List<ProtoMessage> nodes = new ArrayList<>();
    private final List<ProtoMessage> initializers = new ArrayList<>();
    private final List<ProtoMessage> inputs = new ArrayList<>();
    private final List<ProtoMessage> outputs = new ArrayList<>();
    private String producer = "test";
    private Storage storage = Storage.RAW;
    private boolean isShuffled;

    TestGraph(int opset) {
        this.opset = opset;
    }

    TestGraph stored(Storage as) {
        storage = as;
        return this;
    }

    TestGraph shuffled() {
        isShuffled = true;
        return this;
    }

    TestGraph producer(String name) {
        producer = name;
        return this;
    }

    /** A size below 1 is not fixed. */
    TestGraph input(String name, int type, int... dims) {
        inputs.add(value(name, type, dims));
        return this;
    }

    TestGraph output(String name) {
        outputs.add(value(name, FLOAT));
        return this;
    }

    private static ProtoMessage value(String name, int type, int... dims) {
        ProtoMessage shape = new ProtoMessage();
        for (int dim : dims) {
            shape.message(1, dim < 1 ? new ProtoMessage().text(2, "N") : new ProtoMessage().whole(1, dim));
        }
        ProtoMessage tensor = new ProtoMessage().whole(1, type);
        if (dims.length > 0) {
            tensor.message(2, shape);
        }
        return new ProtoMessage().text(1, name).message(2, new ProtoMessage().message(1, tensor));
    }

    static float[] random(String name, int size) {
        RandomStream stream = RandomStream.of(5, name);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = stream.uniform(i) - 0.5f;
        }
        return values;
    }

    /** Random values from -1/2 to 1/2. */
    TestGraph weight(String name, int... dims) {
        int size = 1;
        for (int dim : dims) {
            size *= dim;
        }
        return floats(name, random(name, size), dims);
    }

    TestGraph floats(String name, float[] values, int... dims) {
        initializers.add(tensor(name, values, storage, dims));
        return this;
    }

    TestGraph longs(String name, long... values) {
        initializers.add(longTensor(name, values));
        return this;
    }

    /** Values in another file. */
    TestGraph external(String name, String location, int offset, int length, int... dims) {
        ProtoMessage tensor = new ProtoMessage().wholes(1, dims).whole(2, FLOAT).text(8, name);
        entry(tensor, "location", location);
        entry(tensor, "offset", String.valueOf(offset));
        entry(tensor, "length", String.valueOf(length));
        initializers.add(tensor.whole(14, 1));
        return this;
    }

    private static void entry(ProtoMessage tensor, String key, String value) {
        tensor.message(13, new ProtoMessage().text(1, key).text(2, value));
    }

    static ProtoMessage longTensor(String name, long... values) {
        ByteBuffer raw = ByteBuffer.allocate(values.length * 8).order(ByteOrder.LITTLE_ENDIAN);
        raw.asLongBuffer().put(values);
        return new ProtoMessage()
                .wholes(1, values.length)
                .whole(2, INT64)
                .text(8, name)
                .bytes(9, raw.array());
    }

    static ProtoMessage tensor(String name, float[] values, Storage storage, int... dims) {
        ProtoMessage tensor = new ProtoMessage().wholes(1, dims);
        ByteBuffer bytes = ByteBuffer.allocate(values.length * 8).order(ByteOrder.LITTLE_ENDIAN);
        switch (storage) {
            case RAW, LISTED -> {
                for (float value : values) {
                    bytes.putFloat(value);
                }
                tensor.whole(2, FLOAT);
            }
            case HALF -> {
                for (float value : values) {
                    bytes.putShort(half(value));
                }
                tensor.whole(2, FLOAT16);
            }
            case DOUBLE -> {
                for (float value : values) {
                    bytes.putDouble(value);
                }
                tensor.whole(2, 11);
            }
        }
        byte[] raw = new byte[bytes.position()];
        bytes.flip().get(raw);
        return storage == Storage.LISTED
                ? tensor.bytes(4, raw).text(8, name)
                : tensor.text(8, name).bytes(9, raw);
    }

    /** Of numbers that fit without loss; the rest is cut off. */
    private static short half(float value) {
        if (value == 0) {
            return 0;
        }
        int bits = Float.floatToIntBits(value);
        int exponent = ((bits >> 23) & 0xFF) - 127 + 15;
        if (exponent <= 0) {
            int fraction = ((bits & 0x7FFFFF) | 0x800000) >> Math.min(31, 14 - exponent);
            return (short) (((bits >>> 16) & 0x8000) | fraction);
        }
        return (short) (((bits >>> 16) & 0x8000) | (exponent << 10) | ((bits >> 13) & 0x3FF));
    }

    /**
     * @param in names of inputs, with commas between them
     */
    @SafeVarargs
    final TestGraph node(String operator, String in, String out, UnaryOperator<ProtoMessage>... attributes) {
        ProtoMessage node = new ProtoMessage();
        for (String input : in.split(",", -1)) {
            // An empty text is an input that is left out.
            node.bytes(1, input.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        node.text(2, out).text(3, "node/" + out).text(4, operator);
        for (UnaryOperator<ProtoMessage> attribute : attributes) {
            node.message(5, attribute.apply(new ProtoMessage()));
        }
        nodes.add(node);
        return this;
    }

    /** With axes as an attribute, or as an input since opset 13. */
    TestGraph onAxes(int opset, String operator, String in, String out, int... axes) {
        if (opset < 13) {
            return node(operator, in, out, ints("axes", axes));
        }
        return longs(out + "/axes", java.util.Arrays.stream(axes).asLongStream().toArray())
                .node(operator, in + "," + out + "/axes", out);
    }

    static UnaryOperator<ProtoMessage> ints(String name, int... values) {
        return message -> message.text(1, name).wholes(8, values).whole(20, 7);
    }

    static UnaryOperator<ProtoMessage> whole(String name, long value) {
        return message -> message.text(1, name).whole(3, value).whole(20, 2);
    }

    static UnaryOperator<ProtoMessage> real(String name, float value) {
        return message -> message.text(1, name).real(2, value).whole(20, 1);
    }

    static UnaryOperator<ProtoMessage> text(String name, String value) {
        return message -> message.text(1, name).text(4, value).whole(20, 3);
    }

    static UnaryOperator<ProtoMessage> value(ProtoMessage tensor) {
        return message -> message.text(1, "value").message(5, tensor).whole(20, 4);
    }

    byte[] bytes() {
        if (isShuffled) {
            Collections.reverse(nodes);
        }
        ProtoMessage graph = new ProtoMessage();
        nodes.forEach(node -> graph.message(1, node));
        graph.text(2, "test");
        initializers.forEach(tensor -> graph.message(5, tensor));
        inputs.forEach(input -> graph.message(11, input));
        outputs.forEach(output -> graph.message(12, output));
        return new ProtoMessage()
                .whole(1, opset < 9 ? 3 : 8)
                .text(2, producer)
                .message(7, graph)
                .message(8, new ProtoMessage().whole(2, opset))
                .toBytes();
    }
}
