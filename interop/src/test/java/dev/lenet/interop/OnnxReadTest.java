package dev.lenet.interop;

import static dev.lenet.interop.TestGraph.FLOAT;
import static dev.lenet.interop.TestGraph.ints;
import static dev.lenet.interop.TestGraph.text;
import static dev.lenet.interop.TestGraph.whole;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lenet.api.model.ModelFile;
import dev.lenet.api.network.Network;
import dev.lenet.interop.TestGraph.Storage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read computes what ONNX Runtime computes of the same file. */
class OnnxReadTest extends OnnxReading {

    @ParameterizedTest
    @ValueSource(ints = {7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22})
    void everyOpset(int opset) {
        ModelFile model = assertSame(flat(opset, -1), 3, 1, 28, 28);
        assertThat(model.network().layers())
                .extracting(Network.NamedLayer::name)
                .containsExactly("conv1", "relu1", "pool1", "conv2", "relu2", "pool2", "flatten", "fc1");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 32})
    void aFixedBatch(int batch) {
        assertSame(flat(13, batch), batch, 1, 28, 28);
        TestGraph reshaped = lenet(13, batch).longs("shape", batch, 400).node("Reshape", "p2,shape", "f");
        assertSame(head(reshaped, "f"), batch, 1, 28, 28);
        TestGraph rest = lenet(13, batch).longs("shape", batch, -1).node("Reshape", "p2,shape", "f");
        assertSame(head(rest, "f"), batch, 1, 28, 28);
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void weightsInEveryForm(Storage storage) {
        TestGraph graph = new TestGraph(13).stored(storage).input("x", FLOAT, -1, 1, 28, 28);
        if (storage != Storage.HALF && storage != Storage.DOUBLE) {
            assertSame(head(body(graph, "x").node("Flatten", "p2", "f"), "f"), 2, 1, 28, 28);
            return;
        }
        graph.weight("w", 4, 1, 5, 5)
                .node("Cast", "w", "w32", whole("to", 1))
                .node("Conv", "x,w32", "c", ints("strides", 4, 4))
                .node("Flatten", "c", "y")
                .output("y");
        assertSame(graph, 2, 1, 28, 28);
    }

    @Test
    void nodesInAnyOrderAreSorted() {
        TestGraph graph = flat(13, -1);
        float[] images = TestGraph.random("images", 784);
        float[] expected = logits(read(graph), images);
        assertThat(logits(read(flat(13, -1).shuffled()), images)).isEqualTo(expected);
    }

    @Test
    void initializersMayBeInputsToo() {
        TestGraph graph = flat(8, -1)
                .input("w1", FLOAT, 6, 1, 5, 5)
                .input("b1", FLOAT, 6)
                .input("w2", FLOAT, 16, 6, 5, 5)
                .input("b2", FLOAT, 16)
                .input("w3", FLOAT, 10, 400)
                .input("b3", FLOAT, 10);
        assertSame(graph, 2, 1, 28, 28);
    }

    /** As the zoo's mnist-8 has it, from CNTK: no biases, {@code auto_pad}, a weight that is reshaped, a pool of 3. */
    @Test
    void cntk() {
        TestGraph graph = new TestGraph(8)
                .input("Input3", FLOAT, 1, 1, 28, 28)
                .weight("w1", 8, 1, 5, 5)
                .weight("b1", 8, 1, 1)
                .weight("w2", 16, 8, 5, 5)
                .weight("b2", 16, 1, 1)
                .weight("w3", 16, 4, 4, 10)
                .longs("ws", 256, 10)
                .longs("fs", 1, 256)
                .weight("b3", 1, 10)
                .node("Reshape", "w3,ws", "w3r")
                .node(
                        "Conv",
                        "Input3,w1",
                        "c1",
                        ints("kernel_shape", 5, 5),
                        text("auto_pad", "SAME_UPPER"),
                        ints("strides", 1, 1),
                        ints("dilations", 1, 1),
                        whole("group", 1))
                .node("Add", "c1,b1", "a1")
                .node("Relu", "a1", "r1")
                .node(
                        "MaxPool",
                        "r1",
                        "p1",
                        ints("kernel_shape", 2, 2),
                        ints("strides", 2, 2),
                        ints("pads", 0, 0, 0, 0),
                        text("auto_pad", "NOTSET"))
                .node("Conv", "p1,w2", "c2", ints("kernel_shape", 5, 5), text("auto_pad", "SAME_UPPER"))
                .node("Add", "c2,b2", "a2")
                .node("Relu", "a2", "r2")
                .node(
                        "MaxPool",
                        "r2",
                        "p2",
                        ints("kernel_shape", 3, 3),
                        ints("strides", 3, 3),
                        ints("pads", 0, 0, 0, 0),
                        text("auto_pad", "NOTSET"))
                .node("Reshape", "p2,fs", "f")
                .node("MatMul", "f,w3r", "m")
                .node("Add", "m,b3", "y")
                .output("y");
        assertSame(graph.producer("CNTK"), 1, 1, 28, 28);
    }

    @Test
    void aVectorIsReshapedToAnImage() {
        TestGraph graph = new TestGraph(13)
                .input("v", FLOAT, -1, 784)
                .longs("image", -1, 1, 28, 28)
                .node("Reshape", "v,image", "x");
        assertSame(head(body(graph, "x").node("Flatten", "p2", "f"), "f"), 2, 784);
    }

    @Test
    void valuesInAnotherFile() throws IOException {
        float[] values = TestGraph.random("w", 60);
        ByteBuffer bytes =
                ByteBuffer.allocate(8 + 240).order(ByteOrder.LITTLE_ENDIAN).position(8);
        bytes.asFloatBuffer().put(values);
        Files.write(folder.resolve("model.onnx.data"), bytes.array());
        TestGraph graph = new TestGraph(18)
                .input("x", FLOAT, -1, 6)
                .external("w", "model.onnx.data", 8, 240, 6, 10)
                .node("MatMul", "x,w", "y")
                .output("y");
        assertSame(graph, 2, 6);
    }
}
