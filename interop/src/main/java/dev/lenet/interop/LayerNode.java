package dev.lenet.interop;

import static dev.lenet.interop.OnnxFields.*;

import dev.lenet.api.model.ProtoMessage;
import dev.lenet.api.network.AvgPool2d;
import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.Dropout;
import dev.lenet.api.network.Flatten;
import dev.lenet.api.network.GlobalAvgPool;
import dev.lenet.api.network.LayerVisitor;
import dev.lenet.api.network.LeakyRelu;
import dev.lenet.api.network.Linear;
import dev.lenet.api.network.MaxPool2d;
import dev.lenet.api.network.Relu;
import dev.lenet.api.network.Sigmoid;
import dev.lenet.api.network.Silu;
import dev.lenet.api.network.Tanh;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node of a layer in ONNX. Layouts of parameters are the same there.
 *
 * @param operator its name, see <a href="https://onnx.ai/onnx/operators/">ONNX Operators</a>
 * @param inputName of a scalar behind data and parameters; empty if there is none
 * @param input its value; null if there is none
 * @param withInput whether it takes what the layer was given besides what the node before it gives
 */
record LayerNode(
        String operator,
        List<ProtoMessage> attributes,
        String inputName,
        @Nullable Float input,
        boolean withInput) {

    /** The nodes of each kind of layer, one behind the other; the first takes the parameters. */
    static final LayerVisitor<List<LayerNode>> OF = new LayerVisitor<>() {

        @Override
        public List<LayerNode> visit(Conv2d conv) {
            int rows = conv.padding().height();
            int columns = conv.padding().width();
            return one(
                    "Conv",
                    wholes(
                            "kernel_shape",
                            conv.kernelSize().height(),
                            conv.kernelSize().width()),
                    wholes("pads", rows, columns, rows, columns),
                    square("strides", conv.stride()),
                    whole("group", conv.groups()));
        }

        @Override
        public List<LayerNode> visit(MaxPool2d pool) {
            return one("MaxPool", square("kernel_shape", pool.kernelSize()), square("strides", pool.stride()));
        }

        @Override
        public List<LayerNode> visit(AvgPool2d pool) {
            return one("AveragePool", square("kernel_shape", pool.kernelSize()), square("strides", pool.stride()));
        }

        /** Its result has sides of 1 there. */
        @Override
        public List<LayerNode> visit(GlobalAvgPool pool) {
            return List.of(node("GlobalAveragePool"), node("Flatten", whole("axis", 1)));
        }

        @Override
        public List<LayerNode> visit(Linear linear) {
            return one("Gemm", whole("transB", 1));
        }

        @Override
        public List<LayerNode> visit(Relu relu) {
            return one("Relu");
        }

        @Override
        public List<LayerNode> visit(LeakyRelu relu) {
            return one("LeakyRelu", real("alpha", relu.slope()));
        }

        @Override
        public List<LayerNode> visit(Sigmoid sigmoid) {
            return one("Sigmoid");
        }

        @Override
        public List<LayerNode> visit(Silu silu) {
            return List.of(node("Sigmoid"), new LayerNode("Mul", List.of(), "", null, true));
        }

        @Override
        public List<LayerNode> visit(Tanh tanh) {
            return one("Tanh");
        }

        @Override
        public List<LayerNode> visit(Flatten flatten) {
            return one("Flatten", whole("axis", 1));
        }

        /** Without the input that says training it hands on what comes. */
        @Override
        public List<LayerNode> visit(Dropout dropout) {
            return List.of(new LayerNode("Dropout", List.of(), "ratio", dropout.rate(), false));
        }
    };

    private static List<LayerNode> one(String operator, ProtoMessage... attributes) {
        return List.of(node(operator, attributes));
    }

    private static LayerNode node(String operator, ProtoMessage... attributes) {
        return new LayerNode(operator, List.of(attributes), "", null, false);
    }

    static ProtoMessage whole(String name, int value) {
        return new ProtoMessage()
                .text(ATTRIBUTE_NAME, name)
                .whole(ATTRIBUTE_INT, value)
                .whole(ATTRIBUTE_TYPE, TYPE_INT);
    }

    private static ProtoMessage real(String name, float value) {
        return new ProtoMessage()
                .text(ATTRIBUTE_NAME, name)
                .real(ATTRIBUTE_FLOAT, value)
                .whole(ATTRIBUTE_TYPE, TYPE_FLOAT);
    }

    private static ProtoMessage square(String name, int side) {
        return wholes(name, side, side);
    }

    private static ProtoMessage wholes(String name, int... values) {
        return new ProtoMessage()
                .text(ATTRIBUTE_NAME, name)
                .wholes(ATTRIBUTE_INTS, values)
                .whole(ATTRIBUTE_TYPE, TYPE_INTS);
    }
}
