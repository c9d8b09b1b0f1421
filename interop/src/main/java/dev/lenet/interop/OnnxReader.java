package dev.lenet.interop;

import dev.lenet.api.ModelFormatException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows a graph from its input to an output, node by node in the order in which they need each other. Each value that an output
 * needs is made once.
 */
final class OnnxReader {
    private final OnnxGraph graph;
    private final FilesBeside files;
    private final Operators operators;
    private final Folding folding;
    private final Map<String, OnnxNode> makers = new HashMap<>();
    private final Map<String, Value> values = new HashMap<>();

    OnnxReader(OnnxGraph graph, Path folder, Budget budget) {
        this.graph = graph;
        files = new FilesBeside(folder, budget);
        folding = new Folding(budget);
        operators = new Operators(budget, graph.producer.equals(OnnxWriter.PRODUCER), shared(graph));
        for (OnnxNode node : graph.nodes) {
            for (String output : node.outputs()) {
                if (!output.isEmpty() && (graph.tensors.containsKey(output) || makers.put(output, node) != null)) {
                    throw ProtoReader.damaged("values that one node gives each", Excerpt.quoted(output) + " from two");
                }
            }
        }
    }

    /** The values that more than one node takes; asking for a shape takes none. */
    private static Set<String> shared(OnnxGraph graph) {
        Set<String> taken = new HashSet<>();
        Set<String> shared = new HashSet<>();
        for (OnnxNode node : graph.nodes) {
            if (!node.operator().equals("Shape")) {
                node.inputs().stream().filter(input -> !taken.add(input)).forEach(shared::add);
            }
        }
        return shared;
    }

    /**
     * The layers that lead to an output: to that behind which most of them lie.
     *
     * @throws ModelFormatException if they lead to none
     */
    Flow flow() {
        @Nullable Flow longest = null;
        @Nullable ModelFormatException refused = null;
        for (String output : graph.outputs) {
            try {
                if (value(output) instanceof Flow flow && (longest == null || flow.layers() > longest.layers())) {
                    longest = flow;
                }
            } catch (ModelFormatException e) {
                refused = refused == null ? e : refused;
            }
        }
        if (longest == null || longest.layers() == 0) {
            throw refused != null
                    ? refused
                    : new ModelFormatException("expected a graph with layers from its input to an output, received one"
                            + " without. Export another model.");
        }
        return longest;
    }

    /** With a stack of its own, as a graph may be deep. */
    private Value value(String wanted) {
        Deque<String> open = new ArrayDeque<>();
        Set<String> waiting = new HashSet<>();
        open.push(wanted);
        while (!open.isEmpty()) {
            String name = open.peek();
            if (values.containsKey(name)) {
                open.pop();
                continue;
            }
            OnnxNode node = makers.get(name);
            if (node == null) {
                values.put(name, given(name));
                continue;
            }
            List<String> missing = node.inputs().stream()
                    .filter(input -> !input.isEmpty() && !values.containsKey(input))
                    .toList();
            if (missing.isEmpty()) {
                values.put(name, made(node, name));
            } else if (!waiting.add(name)) {
                throw new ModelFormatException(node.title()
                        + ": expected inputs that do not depend on its output, received a circle. The graph is wrong:"
                        + " export it again.");
            } else {
                missing.forEach(open::push);
            }
        }
        return java.util.Objects.requireNonNull(values.get(wanted));
    }

    private Value given(String name) {
        OnnxTensor tensor = graph.tensors.get(name);
        if (tensor != null) {
            return tensor.decode(files);
        }
        for (OnnxGraph.Input input : graph.inputs) {
            if (input.name().equals(name)) {
                return input(input);
            }
        }
        throw ProtoReader.damaged("a value for " + Excerpt.quoted(name), "none");
    }

    private static Flow input(OnnxGraph.Input input) {
        String where = "input " + Excerpt.quoted(input.name());
        long[] dims = input.dims();
        if (dims == null || dims.length == 0 || dims.length > 5) {
            throw new ModelFormatException(where + ": expected [N, C, H, W] or [N, features], received "
                    + (dims == null ? "no shape" : dims.length + " axes")
                    + ". Export the model with the shape of its input.");
        }
        boolean hasBatch = dims.length > 1;
        int first = hasBatch ? 1 : 0;
        int[] sizes = new int[dims.length - first];
        for (int i = 0; i < sizes.length; i++) {
            long size = dims[first + i];
            if (size < 1 || size > Integer.MAX_VALUE) {
                throw new ModelFormatException(where + ": expected fixed sizes behind the batch, received "
                        + (size < 1 ? "one that is not fixed" : size)
                        + ". Export the model with images of one size.");
            }
            sizes[i] = (int) size;
        }
        return Flow.of(hasBatch ? dims[0] : 1, sizes, input.element() == OnnxFields.UINT8);
    }

    private Value made(OnnxNode node, String output) {
        try {
            if (!node.isStandard()) {
                throw Unsupported.operator(node);
            }
            if (!node.outputs().get(0).equals(output)) {
                throw new ModelFormatException("expected only its first output to be used, received another one in use."
                        + " It would need a layer with several outputs: export another model.");
            }
            if (node.operator().equals("Constant")) {
                return constant(node);
            }
            List<@Nullable Value> inputs = new ArrayList<>();
            for (String input : node.inputs()) {
                inputs.add(input.isEmpty() ? null : values.get(input));
            }
            if (inputs.stream().noneMatch(Flow.class::isInstance)) {
                List<@Nullable Constant> constants = new ArrayList<>();
                inputs.forEach(input -> constants.add((Constant) input));
                Constant folded = folding.fold(node, constants);
                if (folded == null) {
                    throw Unsupported.operator(node);
                }
                return folded;
            }
            return operators.apply(node, inputs);
        } catch (ModelFormatException e) {
            throw new ModelFormatException(node.title() + ": " + e.getMessage(), e);
        }
    }

    private Constant constant(OnnxNode node) {
        if (node.attributes().size() == 1) {
            Map.Entry<String, OnnxNode.Attribute> only =
                    node.attributes().entrySet().iterator().next();
            OnnxNode.Attribute value = only.getValue();
            switch (only.getKey()) {
                case "value" -> {
                    if (value.tensor() != null) {
                        return value.tensor().decode(files);
                    }
                }
                case "value_float" -> {
                    return Constant.of(new int[0], new float[] {value.real()});
                }
                case "value_int" -> {
                    return Constant.of(new int[0], new long[] {value.whole()});
                }
                case "value_floats" -> {
                    return Constant.of(new int[] {value.reals().length}, value.reals());
                }
                case "value_ints" -> {
                    return Constant.vector(value.wholes());
                }
                default -> {}
            }
        }
        throw new ModelFormatException("expected a tensor or a number, received something else. It would need another"
                + " kind of constant: export the model again.");
    }
}
