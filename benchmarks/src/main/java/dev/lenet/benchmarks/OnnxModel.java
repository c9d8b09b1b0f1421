package dev.lenet.benchmarks;

import dev.lenet.api.Shape;
import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.Flatten;
import dev.lenet.api.network.LayerSpec;
import dev.lenet.api.network.Linear;
import dev.lenet.api.network.MaxPool2d;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Network.NamedLayer;
import dev.lenet.api.network.ParameterSpec;
import dev.lenet.api.network.Relu;
import dev.lenet.api.network.Weights;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes a network as an ONNX model, operator set 13. Numbers of fields are those of {@code onnx.proto3}, see
 * https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3.
 */
final class OnnxModel {
    /** The name of the model's one input, {@code [N, 1, 28, 28]}. */
    static final String INPUT = "images";

    private static final String OUTPUT = "logits";
    private static final int FLOAT = 1;
    private static final int INT = 2;
    private static final int INTS = 7;

    private OnnxModel() {}

    static byte[] bytes(Network network, Weights weights) {
        Message graph = new Message();
        String x = INPUT;
        for (NamedLayer layer : network.layers()) {
            boolean last = layer.index() == network.layers().size() - 1;
            String y = last ? OUTPUT : layer.name();
            graph.message(1, node(layer, x, y));
            x = y;
        }
        graph.text(2, "network");
        for (ParameterSpec parameter : network.parameters()) {
            graph.message(5, tensor(parameter, weights.get(parameter.name())));
        }
        graph.message(11, value(INPUT, network.input())).message(12, value(OUTPUT, network.output()));
        return new Message()
                .number(1, 8)
                .message(7, graph)
                .message(8, new Message().text(1, "").number(2, 13))
                .toByteArray();
    }

    private static Message node(NamedLayer layer, String x, String y) {
        Message node = new Message().text(1, x);
        layer.parameters().forEach(parameter -> node.text(1, parameter.name()));
        node.text(2, y).text(3, layer.name());
        LayerSpec spec = layer.spec();
        if (spec instanceof Conv2d conv) {
            return node.text(4, "Conv")
                    .message(5, ints("kernel_shape", conv.kernelSize(), conv.kernelSize()))
                    .message(5, ints("strides", conv.stride(), conv.stride()))
                    .message(5, ints("pads", conv.padding(), conv.padding(), conv.padding(), conv.padding()));
        } else if (spec instanceof MaxPool2d pool) {
            return node.text(4, "MaxPool")
                    .message(5, ints("kernel_shape", pool.kernelSize(), pool.kernelSize()))
                    .message(5, ints("strides", pool.stride(), pool.stride()));
        } else if (spec instanceof Relu) {
            return node.text(4, "Relu");
        } else if (spec instanceof Flatten) {
            return node.text(4, "Flatten");
        } else if (spec instanceof Linear) {
            Message transposed = new Message().text(1, "transB").number(3, 1).number(20, INT);
            return node.text(4, "Gemm").message(5, transposed);
        }
        throw new IllegalArgumentException(layer + ": expected a layer of LeNet-5, received " + spec.kind());
    }

    private static Message ints(String name, int... values) {
        Message attribute = new Message().text(1, name);
        for (int value : values) {
            attribute.number(8, value);
        }
        return attribute.number(20, INTS);
    }

    private static Message tensor(ParameterSpec parameter, float[] values) {
        Message tensor = new Message();
        for (int axis = 0; axis < parameter.shape().rank(); axis++) {
            tensor.number(1, parameter.shape().dimension(axis));
        }
        ByteBuffer raw = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(values);
        return tensor.number(2, FLOAT).text(8, parameter.name()).bytes(9, raw.array());
    }

    /** A name and its type: floats of any number of examples. */
    private static Message value(String name, Shape example) {
        Message shape = new Message().message(1, new Message().text(2, "N"));
        for (int axis = 0; axis < example.rank(); axis++) {
            shape.message(1, new Message().number(1, example.dimension(axis)));
        }
        Message tensorType = new Message().number(1, FLOAT).message(2, shape);
        return new Message().text(1, name).message(2, new Message().message(1, tensorType));
    }

    /** A message in protobuf's wire format: https://protobuf.dev/programming-guides/encoding/. */
    private static final class Message {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Message number(int field, long value) {
            varint((long) field << 3);
            varint(value);
            return this;
        }

        Message bytes(int field, byte[] value) {
            varint(((long) field << 3) | 2);
            varint(value.length);
            out.writeBytes(value);
            return this;
        }

        Message text(int field, String value) {
            return bytes(field, value.getBytes(StandardCharsets.UTF_8));
        }

        Message message(int field, Message value) {
            return bytes(field, value.toByteArray());
        }

        /** Seven bits a byte, the lowest first; the eighth says that more follow. */
        private void varint(long value) {
            long rest = value;
            for (; rest >= 0x80; rest >>>= 7) {
                out.write((int) ((rest & 0x7F) | 0x80));
            }
            out.write((int) rest);
        }

        byte[] toByteArray() {
            return out.toByteArray();
        }
    }
}
