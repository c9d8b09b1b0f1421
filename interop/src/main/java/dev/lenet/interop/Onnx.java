package dev.lenet.interop;

import dev.lenet.api.LenetException;
import dev.lenet.api.model.ModelFile;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Models as ONNX files, which ONNX Runtime, OpenCV, Netron and many others read. <a
 * href="https://onnx.ai/onnx/repo-docs/IR.html">Open Neural Network Exchange</a>.
 *
 * <pre>{@code
 * AtomicFile.write(Path.of("model.onnx"), out -> Onnx.write(model, out));
 * }</pre>
 */
public final class Onnx {
    /** The graph's input where it takes normalised images: float32 {@code [N, ...network.input()]}, any N. */
    public static final String IMAGES = "images";

    /** The graph's input where it does the preprocessing: uint8 {@code [N, ...network.input()]}, from 0 to 255. */
    public static final String PIXELS = "pixels";

    /** The graph's output without preprocessing: float32 {@code [N, ...network.output()]}. */
    public static final String LOGITS = "logits";

    /** The graph's output with preprocessing: float32 {@code [N, classes]}, each row of sum 1. */
    public static final String PROBABILITIES = "probabilities";

    private Onnx() {}

    /**
     * Writes a model by {@link OnnxOptions#DEFAULT}.
     *
     * @throws LenetException if it is too large for the format
     */
    public static void write(ModelFile model, OutputStream out) throws IOException {
        write(model, out, OnnxOptions.DEFAULT);
    }

    /**
     * Writes a model. Nodes have the names of their layers, and the metadata holds the model's facts, the names of its classes
     * and its normalisation. Equal models give equal bytes.
     *
     * @throws LenetException if it is too large for the format, or preprocessing is asked for and it does not say how its inputs
     *     are normalised or gives no vector of logits
     */
    public static void write(ModelFile model, OutputStream out, OnnxOptions options) throws IOException {
        out.write(new OnnxWriter(model, options).bytes());
    }
}
