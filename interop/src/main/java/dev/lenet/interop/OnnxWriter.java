package dev.lenet.interop;

import static dev.lenet.interop.OnnxFields.*;

import dev.lenet.api.LenetException;
import dev.lenet.api.Shape;
import dev.lenet.api.data.Normalization;
import dev.lenet.api.model.ModelFile;
import dev.lenet.api.model.ProtoMessage;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Network.NamedLayer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes the ONNX file of a model: a graph with a node for each layer, and before and behind it what {@link OnnxOptions} ask for.
 *
 * <p>Names of values hold a dot, which names of layers do not: none of them collides with the graph's input and output.
 */
final class OnnxWriter {
    static final String PRODUCER = "lenet";

    /** Metadata of ours, besides facts. */
    static final String MEAN = "lenet.mean";

    static final String STD = "lenet.std";

    private static final int IR_VERSION = 8;

    /** Messages hold less than 2 GiB; some room is for everything but the weights. */
    private static final int MOST_PARAMETERS = 500_000_000;

    private static final String PREPROCESSING = "preprocessing.";

    private final ModelFile model;
    private final OnnxOptions options;
    private final GraphWriter graph = new GraphWriter();

    OnnxWriter(ModelFile model, OnnxOptions options) {
        this.model = model;
        this.options = options;
    }

    byte[] bytes() {
        if (model.network().parameterCount() > MOST_PARAMETERS) {
            throw new LenetException("ONNX: expected at most " + MOST_PARAMETERS + " parameters, received "
                    + model.network().parameterCount()
                    + ". A file holds no more than 2 GiB: write safetensors instead.");
        }
        ProtoMessage file = new ProtoMessage()
                .whole(MODEL_IR_VERSION, IR_VERSION)
                .text(MODEL_PRODUCER_NAME, PRODUCER)
                .text(MODEL_DOC_STRING, doc())
                .message(MODEL_GRAPH, graph())
                .message(
                        MODEL_OPSET_IMPORT,
                        new ProtoMessage().text(OPSET_DOMAIN, "").whole(OPSET_VERSION, options.opset()));
        metadata()
                .forEach((key, value) -> file.message(
                        MODEL_METADATA_PROPS,
                        new ProtoMessage().text(ENTRY_KEY, key).text(ENTRY_VALUE, value)));
        return file.toBytes();
    }

    private String doc() {
        Normalization normalization = model.normalization();
        return options.preprocessing()
                ? "pixels from 0 to 255 in, probabilities out"
                : normalization == null
                        ? "images in, logits out"
                        : "images in, (pixel / 255 - " + normalization.mean() + ") / " + normalization.std()
                                + "; logits out";
    }

    private Map<String, String> metadata() {
        Network network = model.network();
        ModelFile named = network.output().rank() == 1 ? model.withClassNames(model.classNames()) : model;
        Map<String, String> metadata = new TreeMap<>(named.facts());
        Normalization normalization = model.normalization();
        if (normalization != null) {
            metadata.put(MEAN, Double.toString(normalization.mean()));
            metadata.put(STD, Double.toString(normalization.std()));
        }
        return metadata;
    }

    private ProtoMessage graph() {
        Network network = model.network();
        boolean whole = options.preprocessing();
        String x = whole ? preprocessing(checkedNormalization()) : Onnx.IMAGES;
        String logits = whole ? PREPROCESSING + "logits" : Onnx.LOGITS;
        for (NamedLayer layer : network.layers()) {
            boolean last = layer.index() == network.layers().size() - 1;
            x = LayerNodes.add(graph, model.weights(), layer, x, last ? logits : LayerNodes.output(layer.name()));
        }
        if (whole) {
            graph.node(
                    PREPROCESSING + "softmax",
                    "Softmax",
                    List.of(logits),
                    Onnx.PROBABILITIES,
                    GraphWriter.whole("axis", 1));
        }
        return graph.message(network.title())
                .message(
                        GRAPH_INPUT,
                        whole ? value(Onnx.PIXELS, UINT8, network.input()) : value(Onnx.IMAGES, FLOAT, network.input()))
                .message(GRAPH_OUTPUT, value(whole ? Onnx.PROBABILITIES : logits, FLOAT, network.output()));
    }

    private Normalization checkedNormalization() {
        Normalization normalization = model.normalization();
        if (normalization == null) {
            throw new LenetException(
                    "ONNX: expected a model that says how its inputs are normalised, for a graph that does"
                            + " it, received one that does not. Give the model a normalisation, or leave the preprocessing out.");
        }
        if (model.network().output().rank() != 1) {
            throw new LenetException("ONNX: expected a network that gives a vector of logits, for a graph that gives"
                    + " probabilities, received " + model.network().output() + ". Leave the preprocessing out.");
        }
        return normalization;
    }

    /** {@code (pixel / 255 - mean) / std}, as {@link Normalization} has it. */
    private String preprocessing(Normalization normalization) {
        String floats = PREPROCESSING + "floats";
        graph.node(PREPROCESSING + "cast", "Cast", List.of(Onnx.PIXELS), floats, GraphWriter.whole("to", FLOAT));
        String scaled = arithmetic("scale", "Div", floats, 255);
        String centered = arithmetic("center", "Sub", scaled, (float) normalization.mean());
        return arithmetic("deviation", "Div", centered, (float) normalization.std());
    }

    private String arithmetic(String name, String operator, String x, float constant) {
        String node = PREPROCESSING + name;
        String by = graph.constant(node + ".by", Shape.of(), constant);
        graph.node(node, operator, List.of(x, by), LayerNodes.output(node));
        return LayerNodes.output(node);
    }

    /** A name and its type: any number of examples. */
    private static ProtoMessage value(String name, int element, Shape example) {
        ProtoMessage shape = new ProtoMessage().message(SHAPE_DIM, new ProtoMessage().text(DIM_PARAM, "N"));
        for (int size : example.toArray()) {
            shape.message(SHAPE_DIM, new ProtoMessage().whole(DIM_VALUE, size));
        }
        ProtoMessage tensorType =
                new ProtoMessage().whole(TENSOR_TYPE_ELEMENT, element).message(TENSOR_TYPE_SHAPE, shape);
        return new ProtoMessage()
                .text(VALUE_NAME, name)
                .message(VALUE_TYPE, new ProtoMessage().message(TYPE_TENSOR, tensorType));
    }
}
