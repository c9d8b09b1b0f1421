package dev.lenet.interop;

import dev.lenet.api.ModelFormatException;
import dev.lenet.api.network.Gelu;
import dev.lenet.api.network.LayerSpec;
import dev.lenet.api.network.LeakyRelu;
import dev.lenet.api.network.Relu;
import dev.lenet.api.network.Sigmoid;
import dev.lenet.api.network.Silu;
import dev.lenet.api.network.Tanh;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Operators that map each value by itself. */
final class ActivationOperators {
    private static final float USUAL_SLOPE = 0.01f;

    private ActivationOperators() {}

    /** @throws ModelFormatException if no layer maps values so */
    static LayerSpec layer(OnnxNode node, List<? extends @Nullable Value> inputs) {
        return switch (node.operator()) {
            case "Relu" -> new Relu();
            case "Gelu" -> gelu(node);
            case "Sigmoid" -> new Sigmoid();
            case "Tanh" -> new Tanh();
            case "LeakyRelu" -> leaky(node.real("alpha", USUAL_SLOPE));
            case "PRelu" -> leaky(node, NodeInputs.constant(inputs, 1));
            case "Swish" -> swish(node);
            default -> rectifier(node, inputs);
        };
    }

    private static LayerSpec gelu(OnnxNode node) {
        String approximate = node.text("approximate", "none");
        if (!approximate.equals("none")) {
            throw new ModelFormatException("expected a GELU that is not approximated, received one by "
                    + Excerpt.quoted(approximate) + ". It would need another layer: export another model.");
        }
        return new Gelu();
    }

    private static LayerSpec leaky(float slope) {
        if (!(slope >= 0 && slope < 1)) {
            throw new ModelFormatException("expected a slope of at least 0 and below 1, received " + slope
                    + ". It would need a rectifier with another slope: export another model.");
        }
        return new LeakyRelu(slope);
    }

    private static LayerSpec leaky(OnnxNode node, Constant slopes) {
        for (int i = 1; i < slopes.size(); i++) {
            if (slopes.real(i) != slopes.real(0)) {
                throw Unsupported.operator(node);
            }
        }
        if (slopes.size() == 0) {
            throw Unsupported.operator(node);
        }
        return leaky(slopes.real(0));
    }

    private static LayerSpec swish(OnnxNode node) {
        if (node.real("alpha", 1) != 1) {
            throw new ModelFormatException("expected a factor of 1 inside of the sigmoid, received "
                    + node.real("alpha", 1) + ". It would need another swish layer: export another model.");
        }
        return new Silu();
    }

    private static LayerSpec rectifier(OnnxNode node, List<? extends @Nullable Value> inputs) {
        Constant least = NodeInputs.optional(inputs, 1);
        Constant most = NodeInputs.optional(inputs, 2);
        boolean isClip = node.operator().equals("Clip");
        float lower = least.size() == 1 ? least.real(0) : isClip ? node.real("min", Float.NEGATIVE_INFINITY) : 1;
        float upper = most.size() == 1 ? most.real(0) : node.real("max", Float.POSITIVE_INFINITY);
        if (lower != 0 || upper < Float.MAX_VALUE || inputs.size() > (isClip ? 3 : 2)) {
            throw new ModelFormatException("expected a rectifier, a lower bound of 0 and no upper one, received other"
                    + " bounds. It would need a rectifier with other bounds: export a model without.");
        }
        return new Relu();
    }
}
