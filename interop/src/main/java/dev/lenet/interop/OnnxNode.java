package dev.lenet.interop;

import static dev.lenet.interop.OnnxFields.*;

import dev.lenet.api.ModelFormatException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A node of a graph: an operator with its attributes, and the names of the values it takes and gives. The name of an optional
 * input that is left out is empty.
 */
record OnnxNode(
        String name,
        String operator,
        String domain,
        List<String> inputs,
        List<String> outputs,
        Map<String, Attribute> attributes) {

    /** The standard's own, also written as nothing. */
    static final String DOMAIN = "ai.onnx";

    /** Integers of an attribute: kernels, permutations, shapes. */
    private static final int MOST_NUMBERS = 1 << 16;

    /** What of an attribute's values is there. */
    record Attribute(
            float real, long whole, String text, @Nullable OnnxTensor tensor, long[] wholes, float[] reals) {}

    static OnnxNode read(ProtoReader message) {
        String name = "";
        String operator = "";
        String domain = "";
        List<String> inputs = new ArrayList<>();
        List<String> outputs = new ArrayList<>();
        Map<String, Attribute> attributes = new LinkedHashMap<>();
        while (message.next()) {
            switch (message.field()) {
                case NODE_NAME -> name = message.text();
                case NODE_OP_TYPE -> operator = message.text();
                case NODE_DOMAIN -> domain = message.text();
                case NODE_INPUT -> inputs.add(message.text());
                case NODE_OUTPUT -> outputs.add(message.text());
                case NODE_ATTRIBUTE -> attribute(message.message(), attributes);
                default -> message.skip();
            }
            if (inputs.size() > OnnxGraph.mostNames()
                    || outputs.size() > OnnxGraph.mostNames()
                    || attributes.size() > OnnxGraph.mostAttributes()) {
                throw ProtoReader.damaged(
                        "a node with at most " + OnnxGraph.mostNames() + " inputs and outputs and "
                                + OnnxGraph.mostAttributes() + " attributes",
                        "more in " + Excerpt.quoted(name));
            }
        }
        return new OnnxNode(name, operator, domain, inputs, outputs, attributes);
    }

    private static void attribute(ProtoReader message, Map<String, Attribute> attributes) {
        String name = "";
        float real = 0;
        long whole = 0;
        String text = "";
        @Nullable OnnxTensor tensor = null;
        Numbers wholes = new Numbers(MOST_NUMBERS, "numbers in an attribute");
        Numbers reals = new Numbers(MOST_NUMBERS, "numbers in an attribute");
        while (message.next()) {
            switch (message.field()) {
                case ATTRIBUTE_NAME -> name = message.text();
                case ATTRIBUTE_FLOAT -> real = message.real();
                case ATTRIBUTE_INT -> whole = message.whole();
                case ATTRIBUTE_STRING -> text = message.text();
                case ATTRIBUTE_TENSOR -> tensor = OnnxTensor.read(message.message());
                case ATTRIBUTE_FLOATS -> message.reals(reals);
                case ATTRIBUTE_INTS -> message.wholes(wholes);
                default -> message.skip();
            }
        }
        float[] values = new float[reals.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = Float.intBitsToFloat((int) reals.get(i));
        }
        attributes.put(name, new Attribute(real, whole, text, tensor, wholes.toArray(), values));
    }

    boolean isStandard() {
        return domain.isEmpty() || domain.equals(DOMAIN);
    }

    /** What messages call it: the name, or that of its value, and the operator. */
    String title() {
        String called = name.isEmpty() && !outputs.isEmpty() ? outputs.get(0) : name;
        return "node " + Excerpt.quoted(called) + " (" + shortOperator() + ")";
    }

    String shortOperator() {
        String quoted = Excerpt.quoted(operator);
        return quoted.substring(1, quoted.length() - 1);
    }

    /** Whether that input is there. */
    boolean has(int input) {
        return input < inputs.size() && !inputs.get(input).isEmpty();
    }

    long whole(String attribute, long otherwise) {
        Attribute value = attributes.get(attribute);
        return value == null ? otherwise : value.whole();
    }

    float real(String attribute, float otherwise) {
        Attribute value = attributes.get(attribute);
        return value == null ? otherwise : value.real();
    }

    String text(String attribute, String otherwise) {
        Attribute value = attributes.get(attribute);
        return value == null ? otherwise : value.text();
    }

    /** Null if there is no such attribute. */
    long @Nullable [] wholes(String attribute) {
        Attribute value = attributes.get(attribute);
        return value == null ? null : value.wholes();
    }

    /**
     * Numbers from 0 to 65,535.
     *
     * @throws ModelFormatException if there are others, or another number of them
     */
    int[] sizes(String attribute, int... otherwise) {
        long @Nullable [] values = wholes(attribute);
        if (values == null || values.length == 0) {
            return otherwise;
        }
        if (values.length != otherwise.length || Arrays.stream(values).anyMatch(value -> value < 0 || value > 0xFFFF)) {
            throw new ModelFormatException("expected " + otherwise.length + " numbers from 0 to 65535 as " + attribute
                    + ", received " + (values.length > 8 ? values.length + " of them" : Arrays.toString(values))
                    + ". Images have two dimensions here: export another model.");
        }
        return Arrays.stream(values).mapToInt(value -> (int) value).toArray();
    }
}
