package dev.lenet.interop;

import dev.lenet.api.ModelFormatException;
import java.util.Map;

/** What an operator that no layer can do would need, for messages. */
final class Unsupported {
    /** What operators would need that no layer does. */
    private static final Map<String, String> NEEDS = Map.ofEntries(
            Map.entry("Sigmoid", "a sigmoid layer"),
            Map.entry("LeakyRelu", "a rectifier with a slope"),
            Map.entry("PRelu", "a rectifier with a slope"),
            Map.entry("Elu", "an exponential rectifier"),
            Map.entry("Gelu", "a GELU layer"),
            Map.entry("Clip", "a rectifier with an upper bound"),
            Map.entry("HardSwish", "a swish layer"),
            Map.entry("LRN", "a layer of local response normalisation"),
            Map.entry("LayerNormalization", "a layer normalisation"),
            Map.entry("InstanceNormalization", "an instance normalisation"),
            Map.entry("ConvTranspose", "a transposed convolution"),
            Map.entry("Concat", "branches that join"),
            Map.entry("Split", "branches"),
            Map.entry("Resize", "a layer that resizes"),
            Map.entry("Upsample", "a layer that resizes"),
            Map.entry("LSTM", "a recurrent layer"),
            Map.entry("GRU", "a recurrent layer"),
            Map.entry("RNN", "a recurrent layer"),
            Map.entry("If", "branches"),
            Map.entry("Loop", "a loop"),
            Map.entry("QuantizeLinear", "layers of 8-bit integers"),
            Map.entry("DequantizeLinear", "layers of 8-bit integers"),
            Map.entry("QLinearConv", "layers of 8-bit integers"),
            Map.entry("ConvInteger", "layers of 8-bit integers"));

    private Unsupported() {}

    static ModelFormatException operator(OnnxNode node) {
        return new ModelFormatException("expected an operator that layers here can do, received one that would need "
                + NEEDS.getOrDefault(node.operator(), "a layer " + node.shortOperator())
                + ". Export a model without it.");
    }
}
