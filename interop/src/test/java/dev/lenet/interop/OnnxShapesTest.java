package dev.lenet.interop;

import static dev.lenet.interop.TestGraph.FLOAT;
import static dev.lenet.interop.TestGraph.ints;
import static dev.lenet.interop.TestGraph.real;
import static dev.lenet.interop.TestGraph.text;
import static dev.lenet.interop.TestGraph.whole;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Shapes and orders of axes as exporters write them. */
class OnnxShapesTest extends OnnxReading {
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
}
