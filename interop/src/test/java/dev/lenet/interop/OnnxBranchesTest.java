package dev.lenet.interop;

import static dev.lenet.interop.TestGraph.FLOAT;
import static dev.lenet.interop.TestGraph.ints;
import static dev.lenet.interop.TestGraph.real;
import static dev.lenet.interop.TestGraph.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lenet.api.ModelFormatException;
import dev.lenet.api.network.BatchNorm2d;
import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.GlobalAvgPool;
import dev.lenet.api.network.GroupNorm;
import dev.lenet.api.network.LayerSpec;
import dev.lenet.api.network.LeakyRelu;
import dev.lenet.api.network.Linear;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Relu;
import dev.lenet.api.network.Residual;
import dev.lenet.api.network.Sigmoid;
import dev.lenet.api.network.Silu;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Residual networks, groups of channels and activations as other programs write them. */
class OnnxBranchesTest extends OnnxReading {

    private static TestGraph image() {
        return new TestGraph(17).input("x", FLOAT, -1, 1, 12, 12).weight("w0", 4, 1, 3, 3);
    }

    private static TestGraph end(TestGraph graph, String x, int channels) {
        return graph.weight("wf", channels, 3)
                .weight("bf", 3)
                .node("GlobalAveragePool", x, "means")
                .node("Flatten", "means", "flat")
                .node("Gemm", "flat,wf,bf", "y")
                .output("y");
    }

    private static TestGraph norm(TestGraph graph, String x, String y, int channels) {
        float[] variances = new float[channels];
        for (int c = 0; c < channels; c++) {
            variances[c] = 0.5f + c;
        }
        return graph.weight(y + ".g", channels)
                .weight(y + ".b", channels)
                .weight(y + ".m", channels)
                .floats(y + ".v", variances, channels)
                .node("BatchNormalization", x + "," + y + ".g," + y + ".b," + y + ".m," + y + ".v", y);
    }

    private static TestGraph conv(TestGraph graph, String x, String y, int from, int to, int side, int stride) {
        return graph.weight(y + ".w", to, from, side, side)
                .node(
                        "Conv",
                        x + "," + y + ".w",
                        y,
                        ints("pads", side / 2, side / 2, side / 2, side / 2),
                        ints("strides", stride, stride));
    }

    private static Iterable<LayerSpec> specs(Network network) {
        return network.layers().stream().map(Network.NamedLayer::spec).toList();
    }

    /** As torchvision's: each convolution with a normalisation, a shortcut with its own where the shape changes. */
    @ParameterizedTest
    @ValueSource(strings = {"Add", "Sum"})
    void blocksWithNormalisations(String sum) {
        TestGraph graph = image().node("Conv", "x,w0", "c0", ints("pads", 1, 1, 1, 1));
        norm(graph, "c0", "n0", 4).node("Relu", "n0", "r0");
        conv(graph, "r0", "c1", 4, 4, 3, 1);
        norm(graph, "c1", "n1", 4).node("Relu", "n1", "r1");
        conv(graph, "r1", "c2", 4, 4, 3, 1);
        norm(graph, "c2", "n2", 4).node(sum, "r0,n2", "s1").node("Relu", "s1", "r2");
        conv(graph, "r2", "c3", 4, 6, 3, 2);
        norm(graph, "c3", "n3", 6).node("Relu", "n3", "r3");
        conv(graph, "r3", "c4", 6, 6, 3, 1);
        norm(graph, "c4", "n4", 6);
        conv(graph, "r2", "c5", 4, 6, 1, 2);
        norm(graph, "c5", "n5", 6).node(sum, "n4,n5", "s2").node("Relu", "s2", "r4");

        Network network = assertSame(end(graph, "r4", 6), 3, 1, 12, 12).network();
        Conv2d same = Conv2d.of(4, 3).withPadding(1);
        assertThat(specs(network))
                .containsExactly(
                        same,
                        new Relu(),
                        Residual.of("conv1", same).with("relu1", new Relu()).with("conv2", same),
                        new Relu(),
                        Residual.of("conv1", Conv2d.of(6, 3).withPadding(1).withStride(2))
                                .with("relu1", new Relu())
                                .with("conv2", Conv2d.of(6, 3).withPadding(1))
                                .withProjection(Conv2d.of(6, 1).withStride(2)),
                        new Relu(),
                        new GlobalAvgPool(),
                        Linear.of(3));
    }

    /** The normalisation comes first, and has no convolution before it to become a part of. */
    @Test
    void blocksThatNormaliseFirst() {
        TestGraph graph = image().node("Conv", "x,w0", "c0", ints("pads", 1, 1, 1, 1));
        norm(graph, "c0", "n1", 4).node("Relu", "n1", "r1");
        conv(graph, "r1", "c1", 4, 4, 3, 1);
        graph.node("Add", "c1,c0", "s1");
        norm(graph, "s1", "n2", 4).node("Relu", "n2", "r2");
        conv(graph, "r2", "c2", 4, 4, 3, 1);
        graph.node("Add", "s1,c2", "s2");

        Network network = assertSame(end(graph, "s2", 4), 3, 1, 12, 12).network();
        Conv2d same = Conv2d.of(4, 3).withPadding(1).withoutBias();
        Residual block = Residual.of("norm1", new BatchNorm2d())
                .with("relu1", new Relu())
                .with("conv1", same);
        assertThat(specs(network)).containsExactly(same, block, block, new GlobalAvgPool(), Linear.of(3));
    }

    @Test
    void blocksOfImagesChannelsLast() {
        TestGraph graph = new TestGraph(15)
                .input("x", FLOAT, -1, 12, 12, 1)
                .weight("w0", 4, 1, 3, 3)
                .weight("b", 4)
                .node("Transpose", "x", "x0", ints("perm", 0, 3, 1, 2))
                .node("Conv", "x0,w0", "c0", ints("pads", 1, 1, 1, 1))
                .node("Transpose", "c0", "t0", ints("perm", 0, 2, 3, 1))
                .node("Relu", "t0", "r0")
                .node("Transpose", "r0", "r1", ints("perm", 0, 3, 1, 2));
        conv(graph, "r1", "c1", 4, 4, 3, 1);
        graph.node("Transpose", "c1", "t1", ints("perm", 0, 2, 3, 1))
                .node("Add", "t1,b", "a1")
                .node("Add", "a1,r0", "s1")
                .node("ReduceMean", "s1", "means", ints("axes", 1, 2), whole("keepdims", 0))
                .weight("w", 4, 3)
                .node("MatMul", "means,w", "y")
                .output("y");
        assertThat(assertSame(graph, 2, 12, 12, 1).network().layers().get(2).spec())
                .isInstanceOf(Residual.class);
    }

    /** As PyTorch's exporter writes {@code GroupNorm}. */
    @Test
    void groupsOfChannels() {
        TestGraph graph = image().node("Conv", "x,w0", "c0")
                .longs("groups", 0, 2, -1)
                .floats("ones", new float[] {1, 1}, 2)
                .floats("zeros", new float[2], 2)
                .node("Reshape", "c0,groups", "g")
                .node("InstanceNormalization", "g,ones,zeros", "i", real("epsilon", 1e-3f))
                .node("Shape", "c0", "shape")
                .node("Reshape", "i,shape", "b")
                .weight("scale", 4)
                .weight("shift", 4)
                .onAxes(17, "Unsqueeze", "scale", "scale3", 1, 2)
                .onAxes(17, "Unsqueeze", "shift", "shift3", 1, 2)
                .node("Mul", "b,scale3", "m")
                .node("Add", "m,shift3", "a");
        assertThat(assertSame(end(graph, "a", 4), 2, 1, 12, 12)
                        .network()
                        .layers()
                        .get(1)
                        .spec())
                .isEqualTo(new GroupNorm(2, 1e-3f));
    }

    @ParameterizedTest
    @CsvSource({"18, 2", "21, 4"})
    void groupsOfChannelsAsOneOperator(int opset, int scales) {
        TestGraph graph = new TestGraph(opset)
                .input("x", FLOAT, -1, 4, 6, 6)
                .weight("scale", scales)
                .weight("shift", scales)
                .node("GroupNormalization", "x,scale,shift", "g", whole("num_groups", 2));
        assertSame(end(graph, "g", 4), 2, 4, 6, 6);
    }

    @Test
    void channelsByThemselves() {
        TestGraph graph = image().node("Conv", "x,w0", "c0")
                .weight("scale", 4)
                .weight("shift", 4)
                .node("InstanceNormalization", "c0,scale,shift", "n");
        assertThat(assertSame(end(graph, "n", 4), 2, 1, 12, 12)
                        .network()
                        .layers()
                        .get(1)
                        .spec())
                .isEqualTo(GroupNorm.of(4));
    }

    @Test
    void activations() {
        TestGraph graph = image().node("Conv", "x,w0", "c0")
                .node("LeakyRelu", "c0", "l0")
                .floats("slope", new float[] {0.25f}, 1, 1, 1)
                .node("PRelu", "l0,slope", "l1")
                .node("Sigmoid", "l1", "g1")
                .node("Mul", "l1,g1", "s1")
                .node("Sigmoid", "s1", "g2")
                .node("Mul", "g2,s1", "s2")
                .node("Sigmoid", "s2", "s3");
        assertThat(specs(assertSame(end(graph, "s3", 4), 2, 1, 12, 12).network()))
                .containsSequence(new LeakyRelu(), new LeakyRelu(0.25f), new Silu(), new Silu(), new Sigmoid());
    }

    @Test
    void convolutionsOfTheirOwnKinds() {
        TestGraph graph = image().node("Conv", "x,w0", "c0")
                .weight("w1", 8, 2, 3, 1)
                .node("Conv", "c0,w1", "c1", ints("pads", 1, 0, 1, 0), whole("group", 2))
                .weight("w2", 8, 1, 3, 3)
                .weight("b2", 8)
                .node("Conv", "c1,w2,b2", "c2", whole("group", 8), ints("dilations", 2, 2));
        assertThat(specs(assertSame(end(graph, "c2", 8), 2, 1, 12, 12).network()))
                .containsSequence(
                        Conv2d.of(8, 3, 1).withPadding(1, 0).withGroups(2).withoutBias(),
                        Conv2d.of(8, 5).withGroups(8));
    }

    /** A scale behind a rectifier is a convolution of each channel by itself. */
    @Test
    void aScaleBehindSomethingWithoutWeights() {
        TestGraph graph = image().node("Conv", "x,w0", "c0")
                .node("Relu", "c0", "r0")
                .weight("scale", 4, 1, 1)
                .node("Mul", "r0,scale", "m");
        assertSame(end(graph, "m", 4), 2, 1, 12, 12);
        // What a convolution gives is needed twice, and must not be scaled in place.
        TestGraph twice = image().node("Conv", "x,w0", "c0", ints("pads", 1, 1, 1, 1))
                .weight("scale", 4, 1, 1)
                .node("Mul", "c0,scale", "m")
                .node("Relu", "m", "r")
                .node("Add", "r,c0", "s");
        assertSame(end(twice, "s", 4), 2, 1, 12, 12);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aWindowOverTheWholeImage(int opset) {
        TestGraph graph = new TestGraph(13)
                .input("x", FLOAT, -1, 1, 12, 10)
                .weight("w0", 4, 1, 3, 3)
                .node("Conv", "x,w0", "c0")
                .node("AveragePool", "c0", "p", ints("kernel_shape", 10, 8), ints("strides", 1 + opset, 1))
                .node("Flatten", "p", "y")
                .output("y");
        assertSame(graph, 2, 1, 12, 10);
    }

    private void refused(TestGraph graph, String part) {
        assertThatThrownBy(() -> read(graph))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("node \"node/")
                .hasMessageContaining(part);
    }

    @Test
    void branchesThatNoLayerJoinsAreRefused() {
        TestGraph both = image().node("Conv", "x,w0", "c0");
        conv(both, "c0", "c1", 4, 4, 3, 1).node("Relu", "c1", "r1");
        conv(both, "c0", "c2", 4, 4, 3, 1).node("Relu", "c2", "r2").node("Add", "r1,r2", "y");
        refused(both.output("y"), "branches of several layers each");
        refused(image().node("Conv", "x,w0", "c0").node("Add", "c0,c0", "y").output("y"), "received the same twice");
        refused(
                image().node("Conv", "x,w0", "c0")
                        .node("Tanh", "c0", "t")
                        .node("Mul", "c0,t", "y")
                        .output("y"),
                "branches that are multiplied");
        refused(
                image().node("Conv", "x,w0", "c0")
                        .node("Tanh", "c0", "t")
                        .node("Concat", "c0,t", "y", whole("axis", 1))
                        .output("y"),
                "branches that join");
        refused(image().node("Conv", "x,w0", "c0").node("HardSwish", "c0", "y").output("y"), "a hard swish layer");
        refused(
                image().node("Conv", "x,w0", "c0")
                        .node("LeakyRelu", "c0", "y", real("alpha", 1.5f))
                        .output("y"),
                "a rectifier with another slope");
        TestGraph deep = image().node("Conv", "x,w0", "s0");
        for (int i = 0; i < 20; i++) {
            deep.node("Add", "s" + i + ",s0", "s" + (i + 1) + "a").node("Tanh", "s" + i + "", "t" + i);
            deep.node("Add", (i == 0 ? "t0" : "u" + i) + ",s0", "u" + (i + 1));
        }
        refused(deep.output("u20"), "residuals inside of each other");
    }
}
