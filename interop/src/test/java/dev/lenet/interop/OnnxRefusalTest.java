package dev.lenet.interop;

import static dev.lenet.interop.TestGraph.FLOAT;
import static dev.lenet.interop.TestGraph.ints;
import static dev.lenet.interop.TestGraph.text;
import static dev.lenet.interop.TestGraph.whole;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lenet.api.ModelFormatException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What no layer can do is refused in a sentence that says what it would need. */
class OnnxRefusalTest extends OnnxReading {
    /** What messages name. */
    @ParameterizedTest
    @CsvSource({
        "HardSigmoid, a hard sigmoid layer",
        "LRN, local response normalisation",
        "Elu, exponential rectifier",
        "Quux, a layer Quux"
    })
    void anOperatorThatNoLayerCanDoIsNamed(String operator, String need) {
        assertThatThrownBy(() -> read(new TestGraph(13)
                        .input("x", FLOAT, -1, 4)
                        .weight("w", 4, 4)
                        .node("MatMul", "x,w", "m")
                        .node(operator, "m", "y")
                        .output("y")))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("node \"node/y\" (" + operator + ")")
                .hasMessageContaining(need);
    }

    private static void refused(OnnxRefusalTest test, String part, UnaryOperator<TestGraph> body) {
        TestGraph graph = new TestGraph(13).input("x", FLOAT, -1, 2, 8, 8).weight("w", 2, 2, 3, 3);
        assertThatThrownBy(() -> test.read(body.apply(graph).output("y")))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining(part);
    }

    @Test
    void whatLayersCannotDoIsRefused() {
        refused(this, "branches that join", graph -> graph.node("Conv", "x,w", "a")
                .node("Add", "a,x", "y"));
        refused(
                this,
                "a pooling layer that pads",
                graph -> graph.node("MaxPool", "x", "y", ints("kernel_shape", 3, 3), ints("pads", 1, 1, 1, 1)));
        refused(
                this,
                "a pooling layer that pads",
                graph -> graph.node(
                        "MaxPool",
                        "x",
                        "y",
                        ints("kernel_shape", 3, 3),
                        ints("strides", 2, 2),
                        text("auto_pad", "SAME_UPPER")));
        refused(this, "a layer of its own that scales", graph -> graph.weight("s", 3)
                .weight("v", 72, 3)
                .node("Conv", "x,w", "a")
                .node("Flatten", "a", "f")
                .node("MatMul", "f,v", "m")
                .node("Relu", "m", "b")
                .node("Mul", "b,s", "y"));
        refused(this, "rows before columns", graph -> graph.node("Transpose", "x", "a", ints("perm", 0, 1, 3, 2))
                .node("Conv", "a,w", "y"));
        refused(this, "one number, or one for each channel", graph -> graph.weight("s", 6, 6)
                .node("Conv", "x,w", "a")
                .node("Add", "a,s", "y"));
        refused(this, "It would need a softmax layer", graph -> graph.node("Conv", "x,w", "a")
                .node("Softmax", "a", "y", whole("axis", 1)));
        refused(this, "one stride", graph -> graph.node("Conv", "x,w", "y", ints("strides", 1, 2)));
        refused(this, "one normalisation for all pixels", graph -> graph.weight("s", 2, 1, 1)
                .node("Mul", "x,s", "a")
                .node("Conv", "a,w", "y"));
        refused(this, "inverted images", graph -> graph.floats("one", new float[] {1})
                .node("Sub", "one,x", "a")
                .node("Conv", "a,w", "y"));
    }
}
