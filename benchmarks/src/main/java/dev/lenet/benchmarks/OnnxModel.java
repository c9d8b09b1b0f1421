package dev.lenet.benchmarks;

import dev.lenet.api.Shape;
import dev.lenet.api.network.AvgPool2d;
import dev.lenet.api.network.BatchNorm2d;
import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.Dropout;
import dev.lenet.api.network.Flatten;
import dev.lenet.api.network.GlobalAvgPool;
import dev.lenet.api.network.GroupNorm;
import dev.lenet.api.network.LayerSpec;
import dev.lenet.api.network.LayerVisitor;
import dev.lenet.api.network.LeakyRelu;
import dev.lenet.api.network.Linear;
import dev.lenet.api.network.MaxPool2d;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Network.NamedLayer;
import dev.lenet.api.network.ParameterSpec;
import dev.lenet.api.network.Relu;
import dev.lenet.api.network.Residual;
import dev.lenet.api.network.Sigmoid;
import dev.lenet.api.network.Silu;
import dev.lenet.api.network.Tanh;
import dev.lenet.api.network.Weights;
import dev.lenet.report.tensorboard.ProtoMessage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

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
        ProtoMessage graph = new ProtoMessage();
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
        return new ProtoMessage()
                .whole(1, 8)
                .message(7, graph)
                .message(8, new ProtoMessage().text(1, "").whole(2, 13))
                .toBytes();
    }

    private static ProtoMessage node(NamedLayer layer, String x, String y) {
        ProtoMessage node = new ProtoMessage().text(1, x);
        layer.parameters().forEach(parameter -> node.text(1, parameter.name()));
        node.text(2, y).text(3, layer.name());
        return layer.spec().accept(new Operators(node));
    }

    /** The operator of each kind of layer, added to a node. */
    private record Operators(ProtoMessage node) implements LayerVisitor<ProtoMessage> {

        @Override
        public ProtoMessage visit(Conv2d conv) {
            int rows = conv.padding().height();
            int columns = conv.padding().width();
            return node.text(4, "Conv")
                    .message(
                            5,
                            ints(
                                    "kernel_shape",
                                    conv.kernelSize().height(),
                                    conv.kernelSize().width()))
                    .message(5, ints("strides", conv.stride(), conv.stride()))
                    .message(5, ints("pads", rows, columns, rows, columns))
                    .message(
                            5,
                            new ProtoMessage()
                                    .text(1, "group")
                                    .whole(3, conv.groups())
                                    .whole(20, INT));
        }

        @Override
        public ProtoMessage visit(MaxPool2d pool) {
            return window(node.text(4, "MaxPool"), pool.kernelSize(), pool.stride());
        }

        @Override
        public ProtoMessage visit(AvgPool2d pool) {
            return window(node.text(4, "AveragePool"), pool.kernelSize(), pool.stride());
        }

        private static IllegalArgumentException unknown(LayerSpec layer) {
            return new IllegalArgumentException(
                    "OnnxModel: expected a layer of LeNet-5, received " + layer.kind() + ". Compare another network.");
        }

        private static ProtoMessage window(ProtoMessage node, int kernelSize, int stride) {
            return node.message(5, ints("kernel_shape", kernelSize, kernelSize))
                    .message(5, ints("strides", stride, stride));
        }

        @Override
        public ProtoMessage visit(Linear linear) {
            ProtoMessage transposed =
                    new ProtoMessage().text(1, "transB").whole(3, 1).whole(20, INT);
            return node.text(4, "Gemm").message(5, transposed);
        }

        @Override
        public ProtoMessage visit(Relu relu) {
            return node.text(4, "Relu");
        }

        @Override
        public ProtoMessage visit(Tanh tanh) {
            return node.text(4, "Tanh");
        }

        @Override
        public ProtoMessage visit(GlobalAvgPool pool) {
            throw unknown(pool);
        }

        @Override
        public ProtoMessage visit(LeakyRelu relu) {
            throw unknown(relu);
        }

        @Override
        public ProtoMessage visit(Silu silu) {
            throw unknown(silu);
        }

        @Override
        public ProtoMessage visit(Sigmoid sigmoid) {
            return node.text(4, "Sigmoid");
        }

        @Override
        public ProtoMessage visit(GroupNorm norm) {
            throw unknown(norm);
        }

        @Override
        public ProtoMessage visit(BatchNorm2d norm) {
            throw unknown(norm);
        }

        @Override
        public ProtoMessage visit(Residual residual) {
            throw unknown(residual);
        }

        @Override
        public ProtoMessage visit(Flatten flatten) {
            return node.text(4, "Flatten");
        }

        @Override
        public ProtoMessage visit(Dropout dropout) {
            return node.text(4, "Identity");
        }
    }

    private static ProtoMessage ints(String name, int... values) {
        return new ProtoMessage().text(1, name).wholes(8, values).whole(20, INTS);
    }

    private static ProtoMessage tensor(ParameterSpec parameter, float[] values) {
        ProtoMessage tensor = new ProtoMessage();
        for (int axis = 0; axis < parameter.shape().rank(); axis++) {
            tensor.wholes(1, parameter.shape().dimension(axis));
        }
        ByteBuffer raw = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(values);
        return tensor.whole(2, FLOAT).text(8, parameter.name()).bytes(9, raw.array());
    }

    /** A name and its type: floats of any number of examples. */
    private static ProtoMessage value(String name, Shape example) {
        ProtoMessage shape = new ProtoMessage().message(1, new ProtoMessage().text(2, "N"));
        for (int axis = 0; axis < example.rank(); axis++) {
            shape.message(1, new ProtoMessage().whole(1, example.dimension(axis)));
        }
        ProtoMessage tensorType = new ProtoMessage().whole(1, FLOAT).message(2, shape);
        return new ProtoMessage().text(1, name).message(2, new ProtoMessage().message(1, tensorType));
    }
}
