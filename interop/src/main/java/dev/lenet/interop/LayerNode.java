package dev.lenet.interop;

import static dev.lenet.interop.OnnxFields.*;

import dev.lenet.api.model.ProtoMessage;
import dev.lenet.api.network.AvgPool2d;
import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.Dropout;
import dev.lenet.api.network.Flatten;
import dev.lenet.api.network.LayerVisitor;
import dev.lenet.api.network.Linear;
import dev.lenet.api.network.MaxPool2d;
import dev.lenet.api.network.Relu;
import dev.lenet.api.network.Tanh;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a kind of layer is in ONNX. Layouts of parameters are the same there.
 *
 * @param operator its name, see <a href="https://onnx.ai/onnx/operators/">ONNX Operators</a>
 * @param inputName of a scalar behind data and parameters; empty if there is none
 * @param input its value; null if there is none
 */
record LayerNode(
        String operator,
        List<ProtoMessage> attributes,
        String inputName,
        @Nullable Float input) {

    static final LayerVisitor<LayerNode> OF = new LayerVisitor<>() {

        @Override
        public LayerNode visit(Conv2d conv) {
            int p = conv.padding();
            return new LayerNode(
                    "Conv",
                    square("kernel_shape", conv.kernelSize()),
                    wholes("pads", p, p, p, p),
                    square("strides", conv.stride()));
        }

        @Override
        public LayerNode visit(MaxPool2d pool) {
            return new LayerNode(
                    "MaxPool", square("kernel_shape", pool.kernelSize()), square("strides", pool.stride()));
        }

        @Override
        public LayerNode visit(AvgPool2d pool) {
            return new LayerNode(
                    "AveragePool", square("kernel_shape", pool.kernelSize()), square("strides", pool.stride()));
        }

        @Override
        public LayerNode visit(Linear linear) {
            return new LayerNode("Gemm", whole("transB", 1));
        }

        @Override
        public LayerNode visit(Relu relu) {
            return new LayerNode("Relu");
        }

        @Override
        public LayerNode visit(Tanh tanh) {
            return new LayerNode("Tanh");
        }

        @Override
        public LayerNode visit(Flatten flatten) {
            return new LayerNode("Flatten", whole("axis", 1));
        }

        /** Without the input that says training it hands on what comes. */
        @Override
        public LayerNode visit(Dropout dropout) {
            return new LayerNode("Dropout", List.of(), "ratio", dropout.rate());
        }
    };

    private LayerNode(String operator, ProtoMessage... attributes) {
        this(operator, List.of(attributes), "", null);
    }

    static ProtoMessage whole(String name, int value) {
        return new ProtoMessage()
                .text(ATTRIBUTE_NAME, name)
                .whole(ATTRIBUTE_INT, value)
                .whole(ATTRIBUTE_TYPE, TYPE_INT);
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
