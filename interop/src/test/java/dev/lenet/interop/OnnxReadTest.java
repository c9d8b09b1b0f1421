package dev.lenet.interop;

import static dev.lenet.interop.TestGraph.FLOAT;
import static dev.lenet.interop.TestGraph.UINT8;
import static dev.lenet.interop.TestGraph.ints;
import static dev.lenet.interop.TestGraph.real;
import static dev.lenet.interop.TestGraph.text;
import static dev.lenet.interop.TestGraph.whole;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lenet.api.Shape;
import dev.lenet.api.data.Normalization;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.EngineOptions;
import dev.lenet.api.engine.Engines;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Tensor;
import dev.lenet.api.inference.Softmax;
import dev.lenet.api.model.ModelFile;
import dev.lenet.api.network.LeNet5;
import dev.lenet.api.network.Network;
import dev.lenet.interop.TestGraph.Storage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read computes what ONNX Runtime computes of the same file. */
class OnnxReadTest {
    /** The difference that the sums' order and folded constants may make, relative to the largest logit. */
    private static final double ROUNDING = 1e-4;

    @TempDir
    private Path folder;

    private ModelFile read(TestGraph graph) {
        Path file = folder.resolve("model.onnx");
        try {
            Files.write(file, graph.bytes());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return Onnx.read(file);
    }

    private static float[] logits(ModelFile model, float[] images) {
        try (Engine engine = Engines.all().get(0).open(EngineOptions.DEFAULT);
                Model built = engine.build(model.network(), model.weights())) {
            Shape example = model.network().input();
            try (Tensor input = engine.tensor(example.batchOf(images.length / example.size()), images);
                    Tensor output = built.predict(input)) {
                return output.toArray();
            }
        }
    }

    /** With as many images as the shape says, between 0 and 1. */
    private ModelFile assertSame(TestGraph graph, long... shape) {
        ModelFile model = read(graph);
        int size = 1;
        for (long dim : shape) {
            size *= (int) dim;
        }
        float[] images = TestGraph.random("images", size);
        try (RuntimeSession session = new RuntimeSession(folder.resolve("model.onnx"))) {
            float[] expected = session.run(images, shape);
            float[] received = logits(model, images);
            Close.assertSame(received, expected, model.network().output().size(), ROUNDING);
        }
        return model;
    }

    /** LeNet-5's body up to an image of 16 maps of 5x5, of an input of 28x28. */
    private static TestGraph body(TestGraph graph, String x) {
        return graph.weight("w1", 6, 1, 5, 5)
                .weight("b1", 6)
                .weight("w2", 16, 6, 5, 5)
                .weight("b2", 16)
                .node("Conv", x + ",w1,b1", "c1", ints("pads", 2, 2, 2, 2))
                .node("Relu", "c1", "r1")
                .node("MaxPool", "r1", "p1", ints("kernel_shape", 2, 2), ints("strides", 2, 2))
                .node("Conv", "p1,w2,b2", "c2", ints("kernel_shape", 5, 5))
                .node("Relu", "c2", "r2")
                .node("MaxPool", "r2", "p2", ints("kernel_shape", 2, 2), ints("strides", 2, 2));
    }

    private static TestGraph lenet(int opset, int batch) {
        return body(new TestGraph(opset).input("x", FLOAT, batch, 1, 28, 28), "x");
    }

    private static TestGraph head(TestGraph graph, String features) {
        return graph.weight("w3", 10, 400)
                .weight("b3", 10)
                .node("Gemm", features + ",w3,b3", "y", whole("transB", 1))
                .output("y");
    }

    private static TestGraph flat(int opset, int batch) {
        return head(lenet(opset, batch).node("Flatten", "p2", "f"), "f");
    }

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

    /** {@code x.view(x.size(0), -1)} as PyTorch's old exporter writes it. */
    @ParameterizedTest
    @ValueSource(ints = {11, 13, 17})
    void aComputedShape(int opset) {
        TestGraph graph = lenet(opset, -1)
                .longs("i0", 0)
                .longs("minus", -1)
                .node("Shape", "p2", "s")
                .node("Gather", "s,i0", "n", whole("axis", 0))
                .onAxes(opset, "Squeeze", "n", "n0", 0)
                .onAxes(opset, "Unsqueeze", "n0", "n1", 0)
                .node("Concat", "n1,minus", "target", whole("axis", 0))
                .node("Reshape", "p2,target", "f");
        assertSame(head(graph, "f"), 3, 1, 28, 28);
    }

    /** Sizes of a batch that is not fixed, cut out of the shape, as tf2onnx and newer exporters write it. */
    @Test
    void aComputedShapeOfSlicesAndProducts() {
        TestGraph graph = lenet(17, -1)
                .longs("zero", 0)
                .longs("one", 1)
                .longs("end", 100)
                .node("Shape", "p2", "s")
                .node("Slice", "s,zero,one", "n")
                .node("Slice", "s,one,end,zero", "chw")
                .node("ReduceProd", "chw", "features", whole("keepdims", 1))
                .node("Cast", "n", "n32", whole("to", 6))
                .node("Cast", "n32", "n64", whole("to", 7))
                .node("Concat", "n64,features", "target", whole("axis", 0))
                .node("Reshape", "p2,target", "f");
        assertSame(head(graph, "f"), 3, 1, 28, 28);
    }

    /** As Keras writes it: NHWC outside, NCHW inside, and a reshape of NHWC. */
    @Test
    void channelsLast() {
        TestGraph graph = new TestGraph(15)
                .input("x", FLOAT, -1, 28, 28, 1)
                .longs("target", -1, 400)
                .weight("w3", 400, 10)
                .weight("b3", 10)
                .weight("s", 1, 1, 1, 6)
                .node("Transpose", "x", "x0", ints("perm", 0, 3, 1, 2));
        graph.weight("w1", 6, 1, 5, 5)
                .weight("w2", 16, 6, 5, 5)
                .weight("b2", 16)
                .node("Conv", "x0,w1", "c1", ints("pads", 2, 2, 2, 2))
                .node("Transpose", "c1", "c1t", ints("perm", 0, 2, 3, 1))
                .node("Add", "c1t,s", "a1")
                .node("Relu", "a1", "r1")
                .node("Transpose", "r1", "r1t", ints("perm", 0, 3, 1, 2))
                .node("MaxPool", "r1t", "p1", ints("kernel_shape", 2, 2), ints("strides", 2, 2))
                .node("Conv", "p1,w2,b2", "c2")
                .node("Tanh", "c2", "r2")
                .node("AveragePool", "r2", "p2", ints("kernel_shape", 2, 2), ints("strides", 2, 2))
                .node("Transpose", "p2", "p2t", ints("perm", 0, 2, 3, 1))
                .node("Reshape", "p2t,target", "f")
                .node("MatMul", "f,w3", "m")
                .node("Add", "m,b3", "y")
                .output("y");
        assertSame(graph, 2, 28, 28, 1);
    }

    static TestGraph gemm(boolean left, boolean transA, boolean transB) {
        TestGraph graph =
                new TestGraph(13).input("x", FLOAT, -1, 6).weight("c", left ? new int[] {10} : new int[] {10, 1});
        boolean turnsX = left ? transA : transB;
        boolean turnsW = left ? transB : transA;
        graph.weight("w", left != turnsW ? new int[] {6, 10} : new int[] {10, 6});
        if (turnsX == left) {
            graph.node("Transpose", "x", "xt", ints("perm", 1, 0));
        } else {
            graph.node("Identity", "x", "xt");
        }
        graph.node(
                "Gemm",
                left ? "xt,w,c" : "w,xt,c",
                "g",
                real("alpha", 0.5f),
                real("beta", 2),
                whole("transA", transA ? 1 : 0),
                whole("transB", transB ? 1 : 0));
        return left
                ? graph.node("Relu", "g", "y").output("y")
                : graph.node("Transpose", "g", "y").output("y");
    }

    @Test
    void everyTransposition() {
        for (int bits = 0; bits < 8; bits++) {
            assertSame(gemm((bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0), 4, 6);
        }
    }

    @Test
    void aConvolutionInThePlaceOfTheFirstFullyConnectedLayer() {
        TestGraph graph = new TestGraph(13)
                .input("x", FLOAT, -1, 1, 32, 32)
                .weight("w0", 4, 1, 5, 5)
                .node("Conv", "x,w0", "c0", ints("strides", 2, 2))
                .node("Relu", "c0", "r0")
                .weight("w1", 12, 4, 14, 14)
                .weight("b1", 12)
                .node("Conv", "r0,w1,b1", "c1")
                .node("Relu", "c1", "r1")
                .longs("axes", 2, 3)
                .node("Squeeze", "r1,axes", "s")
                .weight("w2", 12, 8)
                .weight("b2", 8)
                .node("MatMul", "s,w2", "m")
                .node("Add", "b2,m", "a")
                .node("Unsqueeze", "a,axes", "u")
                .weight("w3", 10, 8, 1, 1)
                .weight("b3", 10)
                .node("Conv", "u,w3,b3", "c3")
                .node("Squeeze", "c3,axes", "y")
                .output("y");
        assertSame(graph, 3, 1, 32, 32);
    }

    @Test
    void windowsThatASquareOneHolds() {
        TestGraph graph = new TestGraph(13)
                .input("x", FLOAT, -1, 2, 12, 12)
                .weight("w1", 4, 2, 4, 4)
                .node("Conv", "x,w1", "c1", text("auto_pad", "SAME_UPPER"))
                .weight("w2", 4, 4, 1, 5)
                .node("Conv", "c1,w2", "c2", ints("pads", 0, 2, 0, 2))
                .weight("w3", 4, 2, 3, 3)
                .weight("b3", 4)
                .node("Conv", "c2,w3,b3", "c3", ints("pads", 1, 1, 1, 1), whole("group", 2))
                .weight("w4", 6, 4, 3, 3)
                .node("Conv", "c3,w4", "c4", ints("dilations", 2, 2), ints("pads", 2, 2, 2, 2))
                .longs("pads", 0, 0, 1, 0, 0, 0, 0, 1)
                .node("Pad", "c4,pads", "c5")
                .weight("w6", 10, 6, 3, 3)
                .node("Conv", "c5,w6", "c6", ints("pads", 0, 1, 1, 0))
                .node("GlobalAveragePool", "c6", "g")
                .node("Flatten", "g", "y")
                .output("y");
        assertSame(graph, 3, 2, 12, 12);
    }

    @Test
    void normalisationsAreFolded() {
        TestGraph graph = new TestGraph(13)
                .input("x", FLOAT, -1, 1, 12, 12)
                .weight("w1", 5, 1, 3, 3)
                .weight("b1", 5)
                .weight("gamma", 5)
                .weight("beta", 5)
                .weight("mean", 5)
                .floats("var", new float[] {0.1f, 1, 2, 3, 0}, 5)
                .node("Conv", "x,w1,b1", "c1")
                .node("BatchNormalization", "c1,gamma,beta,mean,var", "n1", real("epsilon", 0.01f))
                .node("Relu", "n1", "r1")
                .weight("w2", 5, 5, 3, 3)
                .node("Conv", "r1,w2", "c2")
                // The same, written out.
                .weight("scale", 5, 1, 1)
                .weight("shift", 1, 5, 1, 1)
                .floats("eps", new float[] {0.25f}, 1)
                .node("Mul", "scale,scale", "square")
                .node("Add", "square,eps", "variance")
                .node("Sqrt", "variance", "deviation")
                .node("Sub", "c2,shift", "centered")
                .node("Div", "centered,deviation", "n2")
                .node("Mul", "scale,n2", "n3")
                .node("Sub", "shift,n3", "n4")
                .node("Flatten", "n4", "f")
                .weight("w3", 320, 10)
                .node("MatMul", "f,w3", "m")
                .weight("g3", 10)
                .weight("b3", 10)
                .weight("m3", 10)
                .floats("v3", new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, 10)
                .node("BatchNormalization", "m,g3,b3,m3,v3", "y")
                .output("y");
        assertSame(graph, 3, 1, 12, 12);
    }

    @Test
    void aMaximumBeforeTheRectifierIsOneBehindIt() {
        TestGraph graph = new TestGraph(13)
                .input("x", FLOAT, -1, 1, 28, 28)
                .weight("w1", 6, 1, 5, 5)
                .weight("b1", 6)
                .weight("w2", 16, 6, 5, 5)
                .weight("b2", 16)
                .node("Conv", "x,w1,b1", "c1", ints("pads", 2, 2, 2, 2))
                .node("MaxPool", "c1", "p1", ints("kernel_shape", 2, 2), ints("strides", 2, 2))
                .node("Relu", "p1", "r1")
                .node("Conv", "r1,w2,b2", "c2")
                .node("MaxPool", "c2", "p2", ints("kernel_shape", 2, 2), ints("strides", 2, 2), whole("ceil_mode", 1))
                .node("Relu", "p2", "r2")
                .node("Flatten", "r2", "f")
                .weight("w3", 120, 400)
                .weight("b3", 120)
                .weight("w4", 84, 120)
                .weight("b4", 84)
                .weight("w5", 10, 84)
                .weight("b5", 10)
                .node("Gemm", "f,w3,b3", "g3", whole("transB", 1))
                .node("Relu", "g3", "r3")
                .node("Gemm", "r3,w4,b4", "g4", whole("transB", 1))
                .node("Relu", "g4", "r4")
                .node("Gemm", "r4,w5,b5", "y", whole("transB", 1))
                .output("y");
        assertThat(assertSame(graph, 2, 1, 28, 28).network()).isEqualTo(LeNet5.network(2));
    }

    @Test
    void whatChangesNothingIsLeftOut() {
        TestGraph graph = lenet(13, -1)
                .longs("pads", 0, 0, 0, 0, 0, 0, 0, 0)
                .node("Pad", "p2,pads", "p3")
                .node("Identity", "p3", "p4")
                .node("Dropout", "p4", "p5")
                .node("Cast", "p5", "p6", whole("to", 1))
                .node("Flatten", "p6", "f");
        head(graph, "f")
                .node("LogSoftmax", "y", "l", whole("axis", 1))
                .output("l")
                .output("p1")
                .node("ArgMax", "l", "k", whole("axis", 1));
        assertSame(graph, 2, 1, 28, 28);
    }

    @Test
    void probabilitiesComeFromLogits() throws IOException {
        TestGraph graph = head(lenet(13, -1).node("Flatten", "p2", "f"), "f");
        byte[] withLogits = graph.bytes();
        float[] images = TestGraph.random("images", 784);
        TestGraph soft = body(new TestGraph(13).input("x", FLOAT, -1, 1, 28, 28), "x")
                .node("Flatten", "p2", "f")
                .weight("w3", 10, 400)
                .weight("b3", 10)
                .node("Gemm", "f,w3,b3", "z", whole("transB", 1))
                .node("Softmax", "z", "y")
                .output("y");
        float[] logits = logits(read(soft), images);
        try (RuntimeSession session = new RuntimeSession(withLogits)) {
            Close.assertSame(logits, session.run(images, 1, 1, 28, 28), 10, ROUNDING);
        }
        assertThat(Softmax.argmax(logits, 0, 10)).isBetween(0, 9);
    }

    @Test
    void bytesBecomeTheNormalisation() {
        TestGraph graph = new TestGraph(13)
                .input("pixels", UINT8, -1, 28, 28)
                .floats("by", new float[] {255}, 1)
                .floats("mean", new float[] {0.1307f})
                .floats("std", new float[] {0.3081f})
                .longs("axes", 1)
                .node("Cast", "pixels", "f0", whole("to", 1))
                .node("Div", "f0,by", "f1")
                .node("Sub", "f1,mean", "f2")
                .node("Div", "f2,std", "f3")
                .node("Unsqueeze", "f3,axes", "x");
        ModelFile model = read(head(body(graph, "x").node("Flatten", "p2", "f"), "f"));
        assertThat(model.normalization()).isEqualTo(new Normalization(0.1307, 0.3081));
        byte[] pixels = Mnist.TEST.image(3);
        float[] table = Objects.requireNonNull(model.normalization()).table();
        float[] image = new float[784];
        for (int i = 0; i < image.length; i++) {
            image[i] = table[pixels[i] & 0xFF];
        }
        try (RuntimeSession session = new RuntimeSession(folder.resolve("model.onnx"))) {
            Close.assertSame(logits(model, image), session.run(pixels, 1, 28, 28), 10, ROUNDING);
        }
    }

    /** Scales of 1/255 are of pixels up to 255, larger ones of pixels up to 1. */
    @Test
    void theSizeOfTheScaleTellsTheUnit() {
        TestGraph halves = new TestGraph(13)
                .input("x", FLOAT, -1, 784)
                .floats("half", new float[] {0.5f})
                .node("Sub", "x,half", "x1")
                .node("Div", "x1,half", "x2")
                .weight("w", 784, 10)
                .node("MatMul", "x2,w", "y")
                .output("y");
        ModelFile model = read(halves);
        assertThat(model.normalization()).isEqualTo(new Normalization(0.5, 0.5));
        assertThat(model.network().input()).isEqualTo(Shape.of(1, 28, 28));
        TestGraph scaled = new TestGraph(13)
                .input("x", FLOAT, -1, 784)
                .floats("by", new float[] {1 / 255f})
                .node("Mul", "by,x", "x2")
                .weight("w", 784, 10)
                .node("MatMul", "x2,w", "y")
                .output("y");
        assertThat(read(scaled).normalization()).isEqualTo(new Normalization(0, 1));
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

    @ParameterizedTest
    @MethodSource("dev.lenet.interop.OnnxWriteTest#models")
    void ourOwnFilesComeBack(ModelFile model) throws IOException {
        for (boolean preprocessing : new boolean[] {false, true}) {
            Path file = folder.resolve("own.onnx");
            Files.write(file, OnnxWriteTest.bytes(model, OnnxOptions.DEFAULT.withPreprocessing(preprocessing)));
            ModelFile read = Onnx.read(file);
            assertThat(read.network()).isEqualTo(model.network());
            assertThat(read.normalization()).isEqualTo(model.normalization());
            assertThat(read.facts()).containsAllEntriesOf(model.facts());
            model.weights()
                    .tensors()
                    .forEach((name, tensor) ->
                            assertThat(read.weights().get(name)).as(name).isEqualTo(tensor.values()));
        }
    }
}
