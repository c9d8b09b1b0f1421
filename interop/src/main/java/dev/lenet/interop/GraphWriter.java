package dev.lenet.interop;

import static dev.lenet.interop.OnnxFields.*;

import dev.lenet.api.Shape;
import dev.lenet.api.model.ProtoMessage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** The nodes and the constants of a graph that is being written. */
final class GraphWriter {
    private final List<ProtoMessage> nodes = new ArrayList<>();
    private final List<ProtoMessage> constants = new ArrayList<>();

    /** Adds a node with one output. */
    void node(String name, String operator, List<String> inputs, String output, ProtoMessage... attributes) {
        ProtoMessage node = new ProtoMessage();
        inputs.forEach(input -> node.text(NODE_INPUT, input));
        node.text(NODE_OUTPUT, output).text(NODE_NAME, name).text(NODE_OP_TYPE, operator);
        for (ProtoMessage attribute : attributes) {
            node.message(NODE_ATTRIBUTE, attribute);
        }
        nodes.add(node);
    }

    /** Adds a constant, and returns its name. */
    String constant(String name, Shape shape, float... values) {
        ByteBuffer raw = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(values);
        return constant(name, shape, FLOAT, raw.array());
    }

    /** Adds a constant vector of whole numbers, and returns its name. */
    String wholes(String name, long... values) {
        ByteBuffer raw = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asLongBuffer().put(values);
        return constant(name, Shape.of(values.length), INT64, raw.array());
    }

    private String constant(String name, Shape shape, int type, byte[] raw) {
        constants.add(new ProtoMessage()
                .wholes(TENSOR_DIMS, shape.toArray())
                .whole(TENSOR_DATA_TYPE, type)
                .text(TENSOR_NAME, name)
                .bytes(TENSOR_RAW_DATA, raw));
        return name;
    }

    ProtoMessage message(String name) {
        ProtoMessage graph = new ProtoMessage();
        nodes.forEach(node -> graph.message(GRAPH_NODE, node));
        graph.text(GRAPH_NAME, name);
        constants.forEach(tensor -> graph.message(GRAPH_INITIALIZER, tensor));
        return graph;
    }

    static ProtoMessage whole(String name, int value) {
        return new ProtoMessage()
                .text(ATTRIBUTE_NAME, name)
                .whole(ATTRIBUTE_INT, value)
                .whole(ATTRIBUTE_TYPE, TYPE_INT);
    }

    static ProtoMessage real(String name, float value) {
        return new ProtoMessage()
                .text(ATTRIBUTE_NAME, name)
                .real(ATTRIBUTE_FLOAT, value)
                .whole(ATTRIBUTE_TYPE, TYPE_FLOAT);
    }

    static ProtoMessage wholeNumbers(String name, int... values) {
        return new ProtoMessage()
                .text(ATTRIBUTE_NAME, name)
                .wholes(ATTRIBUTE_INTS, values)
                .whole(ATTRIBUTE_TYPE, TYPE_INTS);
    }
}
