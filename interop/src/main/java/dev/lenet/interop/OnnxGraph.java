package dev.lenet.interop;

import static dev.lenet.interop.OnnxFields.*;

import dev.lenet.api.ModelFormatException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What stands in an ONNX file, as far as an import looks at it. The numbers of things are limited, far above what networks for
 * small images have, so that a small file cannot ask for much memory.
 */
final class OnnxGraph {
    private static final int MOST_NODES = 2048;
    private static final int MOST_TENSORS = 2048;
    private static final int MOST_NAMES = 64;
    private static final int MOST_ATTRIBUTES = 32;
    private static final int MOST_ENTRIES = 256;

    /** Of the operators' descriptions. */
    private static final int OLDEST_OPSET = 7;

    private static final int NEWEST_OPSET = 25;

    /** Of a text in the metadata, in characters. */
    private static final int LONGEST_TEXT = 1 << 16;

    /**
     * A graph's input.
     *
     * @param dims below 1 where the size is not fixed; null if the file tells no shape
     */
    record Input(String name, int element, long @Nullable [] dims) {}

    final List<OnnxNode> nodes = new ArrayList<>();
    final Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
    final List<Input> inputs = new ArrayList<>();
    final List<String> outputs = new ArrayList<>();
    final Map<String, String> metadata = new LinkedHashMap<>();
    String producer = "";
    String producerVersion = "";
    int opset;

    private boolean hasGraph;

    /**
     * @throws ModelFormatException if it is none, or of an opset that is not known
     */
    static OnnxGraph read(ProtoReader model) {
        OnnxGraph graph = new OnnxGraph();
        while (model.next()) {
            switch (model.field()) {
                case MODEL_PRODUCER_NAME -> graph.producer = model.text();
                case MODEL_PRODUCER_VERSION -> graph.producerVersion = model.text();
                case MODEL_GRAPH -> graph.graph(model.message());
                case MODEL_OPSET_IMPORT -> graph.opset(model.message());
                case MODEL_METADATA_PROPS -> graph.entry(model.message());
                default -> model.skip();
            }
        }
        if (!graph.hasGraph || graph.nodes.isEmpty() || graph.outputs.isEmpty()) {
            throw ProtoReader.damaged(
                    "an ONNX model with nodes and outputs",
                    graph.hasGraph ? "a graph without" : "something without a graph");
        }
        if (graph.opset < OLDEST_OPSET || graph.opset > NEWEST_OPSET) {
            throw new ModelFormatException("expected an opset from " + OLDEST_OPSET + " to " + NEWEST_OPSET
                    + ", received " + graph.opset + ". Export the model again with the opset 17.");
        }
        return graph;
    }

    /**
     * Whether a file that starts with those bytes is an ONNX model rather than anything else: the fields before its graph are those
     * of a model, and of their kinds.
     *
     * @param start of the file, which may be cut off anywhere
     */
    static boolean begins(byte[] start) {
        ProtoReader model = new ProtoReader(ByteBuffer.wrap(start));
        boolean isModel = false;
        try {
            while (model.next()) {
                boolean isNumber = model.field() == MODEL_IR_VERSION || model.field() == MODEL_VERSION;
                if (model.field() > MODEL_LAST_FIELD || isNumber == model.isPacked()) {
                    return false;
                }
                isModel = true;
                if (model.field() == MODEL_GRAPH) {
                    return true;
                }
                model.skip();
            }
        } catch (ModelFormatException e) {
            // Cut off inside of a field, whose kind was right.
            return isModel;
        }
        return isModel;
    }

    private void opset(ProtoReader message) {
        String domain = "";
        long version = 0;
        while (message.next()) {
            switch (message.field()) {
                case OPSET_DOMAIN -> domain = message.text();
                case OPSET_VERSION -> version = message.whole();
                default -> message.skip();
            }
        }
        if (domain.isEmpty() || domain.equals(OnnxNode.DOMAIN)) {
            opset = (int) Math.max(0, Math.min(version, Integer.MAX_VALUE));
        }
    }

    private void entry(ProtoReader message) {
        String key = "";
        String value = "";
        while (message.next()) {
            switch (message.field()) {
                case ENTRY_KEY -> key = message.text();
                case ENTRY_VALUE -> value = message.text();
                default -> message.skip();
            }
        }
        if (metadata.size() < MOST_ENTRIES && key.length() + value.length() <= LONGEST_TEXT) {
            metadata.put(key, value);
        }
    }

    private void graph(ProtoReader message) {
        if (hasGraph) {
            throw ProtoReader.damaged("one graph", "another");
        }
        hasGraph = true;
        while (message.next()) {
            switch (message.field()) {
                case GRAPH_NODE -> limited(nodes, MOST_NODES, "nodes").add(OnnxNode.read(message.message()));
                case GRAPH_INITIALIZER -> {
                    OnnxTensor tensor = OnnxTensor.read(message.message());
                    if (tensors.size() == MOST_TENSORS) {
                        throw tooMany(MOST_TENSORS, "initializers");
                    }
                    if (tensors.put(tensor.name(), tensor) != null) {
                        throw ProtoReader.damaged(
                                "initializers with names of their own", Excerpt.quoted(tensor.name()) + " twice");
                    }
                }
                case GRAPH_INPUT -> limited(inputs, MOST_TENSORS, "inputs").add(input(message.message()));
                case GRAPH_OUTPUT ->
                    limited(outputs, MOST_NAMES, "outputs")
                            .add(input(message.message()).name());
                default -> message.skip();
            }
        }
    }

    private static <T> List<T> limited(List<T> list, int most, String what) {
        if (list.size() == most) {
            throw tooMany(most, what);
        }
        return list;
    }

    private static ModelFormatException tooMany(int most, String what) {
        return new ModelFormatException("expected at most " + most + " " + what
                + ", received more. Networks for small images have fewer: export another model.");
    }

    private static Input input(ProtoReader message) {
        String name = "";
        int element = 0;
        long @Nullable [] dims = null;
        while (message.next()) {
            switch (message.field()) {
                case VALUE_NAME -> name = message.text();
                case VALUE_TYPE -> {
                    ProtoReader type = message.message();
                    while (type.next()) {
                        if (type.field() != TYPE_TENSOR) {
                            type.skip();
                            continue;
                        }
                        ProtoReader tensor = type.message();
                        while (tensor.next()) {
                            switch (tensor.field()) {
                                case TENSOR_TYPE_ELEMENT -> element = (int) tensor.whole();
                                case TENSOR_TYPE_SHAPE -> dims = dims(tensor.message());
                                default -> tensor.skip();
                            }
                        }
                    }
                }
                default -> message.skip();
            }
        }
        return new Input(name, element, dims);
    }

    private static long[] dims(ProtoReader shape) {
        Numbers dims = new Numbers(OnnxTensor.HIGHEST_RANK, "dimensions");
        while (shape.next()) {
            if (shape.field() != SHAPE_DIM) {
                shape.skip();
                continue;
            }
            long size = -1;
            ProtoReader dim = shape.message();
            while (dim.next()) {
                if (dim.field() == DIM_VALUE) {
                    size = dim.whole();
                } else {
                    dim.skip();
                }
            }
            dims.add(size);
        }
        return dims.toArray();
    }

    static int mostNames() {
        return MOST_NAMES;
    }

    static int mostAttributes() {
        return MOST_ATTRIBUTES;
    }
}
