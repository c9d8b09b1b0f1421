package dev.lenet.interop;

import static dev.lenet.interop.TestGraph.FLOAT;
import static dev.lenet.interop.TestGraph.UINT8;
import static dev.lenet.interop.TestGraph.ints;
import static dev.lenet.interop.TestGraph.real;
import static dev.lenet.interop.TestGraph.whole;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lenet.api.Shape;
import dev.lenet.api.data.Normalization;
import dev.lenet.api.inference.Softmax;
import dev.lenet.api.model.ModelFile;
import dev.lenet.api.network.LeNet5;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What becomes part of a layer, or of the normalisation, or nothing at all. */
class OnnxFoldingTest extends OnnxReading {
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
}
