package dev.lenet.interop;

import dev.lenet.api.Argument;

/**
 * How a model is written as ONNX.
 *
 * @param opset the version of the operators' descriptions, 13 or 17; the graph is the same
 * @param preprocessing whether the graph takes pixels, bytes from 0 to 255, and gives probabilities; otherwise it takes
 *     normalised images and gives logits
 */
public record OnnxOptions(int opset, boolean preprocessing) {
    /** Opset 17, normalised images in, logits out. */
    public static final OnnxOptions DEFAULT = new OnnxOptions(17, false);

    public OnnxOptions {
        Argument.check(opset == 13 || opset == 17, "ONNX", "the opset 13 or 17", opset, "Most programs read 17.");
    }

    public OnnxOptions withOpset(int newOpset) {
        return new OnnxOptions(newOpset, preprocessing);
    }

    public OnnxOptions withPreprocessing(boolean inTheGraph) {
        return new OnnxOptions(opset, inTheGraph);
    }
}
