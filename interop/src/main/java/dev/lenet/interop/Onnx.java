package dev.lenet.interop;

import dev.lenet.api.LenetException;
import dev.lenet.api.ModelFormatException;
import dev.lenet.api.model.ModelFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

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

    /**
     * Reads a model that any program exported, if layers of the api can do what its graph does. Constants are computed, a batch
     * normalisation and an addition become part of the layer with weights before them, branches that are added become residuals, a scaled input becomes the normalisation, and the choice of a
     * class at the end is left out: the model gives logits. Weights may lie in a file beside it, in its folder.
     *
     * <p>The layers of files that {@link #write} made are what they were, under the names they had; others are called such as
     * {@code conv1}. An input {@code [N, S^2]}
     * without further shape becomes an image of S rows and columns, if S is at least 8.
     *
     * @throws ModelFormatException if it is missing, damaged, or does what no layer can; the message names the node, its operator
     *     and what it would need
     */
    public static ModelFile read(Path file) {
        return OnnxImport.read(file);
    }
}
