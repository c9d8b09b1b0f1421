package dev.lenet.interop;

import static java.util.Map.entry;

import dev.lenet.api.ModelFormatException;
import java.util.Map;

/** What an operator that no layer can do would need, for messages. */
final class Unsupported {
    /** What operators would need that no layer does. */
    private static final Map<String, String> NEEDS = Map.ofEntries(
            entry("Elu", "an exponential rectifier"),
            entry("Selu", "an exponential rectifier"),
            entry("Celu", "an exponential rectifier"),
            entry("PRelu", "a rectifier with a slope for each channel"),
            entry("ThresholdedRelu", "a rectifier with a threshold"),
            entry("Erf", "a Gelu node, of opset 20, in place of what it is made of"),
            entry("Mish", "a Mish layer"),
            entry("Softplus", "a softplus layer"),
            entry("Softsign", "a softsign layer"),
            entry("Clip", "a rectifier with an upper bound"),
            entry("HardSwish", "a hard swish layer"),
            entry("HardSigmoid", "a hard sigmoid layer"),
            entry("LRN", "a layer of local response normalisation"),
            entry("LayerNormalization", "a layer normalisation"),
            entry("ConvTranspose", "a transposed convolution"),
            entry("Concat", "branches that join"),
            entry("Split", "branches"),
            entry("Resize", "a layer that resizes"),
            entry("Upsample", "a layer that resizes"),
            entry("LSTM", "a recurrent layer"),
            entry("GRU", "a recurrent layer"),
            entry("RNN", "a recurrent layer"),
            entry("If", "branches"),
            entry("Loop", "a loop"),
            entry("QuantizeLinear", "layers of 8-bit integers"),
            entry("DequantizeLinear", "layers of 8-bit integers"),
            entry("QLinearConv", "layers of 8-bit integers"),
            entry("ConvInteger", "layers of 8-bit integers"));

    private Unsupported() {}

    static ModelFormatException operator(OnnxNode node) {
        return new ModelFormatException("expected an operator that layers here can do, received one that would need "
                + NEEDS.getOrDefault(node.operator(), "a layer " + node.shortOperator())
                + ". Export a model without it.");
    }

    /** Whether more can be told of it than its name. */
    static boolean isKnown(OnnxNode node) {
        return NEEDS.containsKey(node.operator());
    }
}
