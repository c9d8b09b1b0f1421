package dev.lenet.api.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.lenet.api.RandomStream;
import dev.lenet.api.Shape;
import dev.lenet.api.ShapeException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LayersTest {

    @ParameterizedTest
    @CsvSource({
        // H, W, K, stride, padding -> H, W; by hand: floor((size + 2 padding - K) / stride) + 1
        "28, 28, 5, 1, 2, 28, 28",
        "28, 28, 5, 1, 0, 24, 24",
        "28, 20, 3, 2, 1, 14, 10",
        "29, 20, 3, 2, 0, 14, 9",
        "5, 5, 5, 1, 0, 1, 1",
        "3, 4, 5, 1, 1, 1, 2",
        "7, 7, 1, 3, 0, 3, 3",
    })
    void aConvolutionSlidesOverThePaddedImage(int h, int w, int kernel, int stride, int padding, int outH, int outW) {
        Conv2d conv = Conv2d.of(6, kernel).withStride(stride).withPadding(padding);

        assertThat(conv.outputShape(Shape.of(3, h, w))).isEqualTo(Shape.of(6, outH, outW));
    }

    @Test
    void aConvolutionHasAKernelForEachChannelAndFilter() {
        assertThat(Conv2d.of(16, 5).parameters(Shape.of(6, 14, 14)))
                .containsExactly(
                        new ParameterSpec("weight", Shape.of(16, 6, 5, 5), 150),
                        new ParameterSpec("bias", Shape.of(16), 150));
    }

    @Test
    void aConvolutionChangesOneSettingAtATime() {
        assertThat(Conv2d.of(6, 5)).isEqualTo(new Conv2d(6, 5, 1, 0));
        assertThat(Conv2d.of(6, 5).withStride(3)).isEqualTo(new Conv2d(6, 5, 3, 0));
        assertThat(Conv2d.of(6, 5).withStride(3).withPadding(2)).isEqualTo(new Conv2d(6, 5, 3, 2));
    }

    @Test
    void aConvolutionMayBeRectangularAndGroupedAndHaveNoBias() {
        Conv2d conv = Conv2d.of(8, 3, 5).withPadding(1, 2).withGroups(4).withoutBias();

        assertThat(conv.withStride(2).outputShape(Shape.of(4, 9, 12))).isEqualTo(Shape.of(8, 5, 6));
        assertThat(Conv2d.of(8, 3, 5).outputShape(Shape.of(4, 9, 12))).isEqualTo(Shape.of(8, 7, 8));
        assertThat(conv.parameters(Shape.of(4, 9, 12)))
                .containsExactly(new ParameterSpec("weight", Shape.of(8, 1, 3, 5), 15));
        assertThat(Conv2d.of(8, 3).withGroups(2).parameters(Shape.of(4, 9, 9)))
                .containsExactly(
                        new ParameterSpec("weight", Shape.of(8, 2, 3, 3), 18),
                        new ParameterSpec("bias", Shape.of(8), 18));
        assertThat(conv).hasToString("Conv2d[filters=8, kernelSize=3x5, stride=1, padding=1x2, groups=4, bias=false]");
    }

    @Test
    void aConvolutionRefusesGroupsThatDoNotFit() {
        refuses(
                () -> Conv2d.of(6, 3).withGroups(4),
                "conv2d: expected a number of filters that is a multiple of its 4 groups, received 6. Change one of them.");
        refuses(
                () -> Conv2d.of(6, 3).withGroups(0),
                "conv2d: expected a number of groups of at least 1, received 0. Give it a larger one.");
        refuses(
                () -> Conv2d.of(6, 3).withGroups(3).outputShape(Shape.of(4, 9, 9)),
                "expected a number of channels that is a multiple of its 3 groups, received [4, 9, 9]. Use other groups, or"
                        + " other filters in the layer before it.");
        refuses(
                () -> Conv2d.of(6, 3, 5).withPadding(1, 5),
                "conv2d: expected a padding from 0 to 2x4 for a kernel of size 3x5, received 1x5. Use less padding, or a larger"
                        + " kernel.");
        refuses(
                () -> Conv2d.of(6, 3, 0),
                "conv2d: expected a kernel size of at least 1, received 3x0. Give it a larger one.");
    }

    @Test
    void aConvolutionRefusesSettingsOutOfRange() {
        refuses(
                () -> Conv2d.of(0, 5),
                "conv2d: expected a number of filters of at least 1, received 0. Give it a larger one.");
        refuses(
                () -> Conv2d.of(6, 0),
                "conv2d: expected a kernel size of at least 1, received 0. Give it a larger one.");
        refuses(
                () -> Conv2d.of(6, 5).withStride(-1),
                "conv2d: expected a stride of at least 1, received -1. Give it a larger one.");
        refuses(
                () -> Conv2d.of(6, 5).withPadding(5),
                "conv2d: expected a padding from 0 to 4 for a kernel of size 5, received 5. Use less padding, or a larger kernel.");
        refuses(
                () -> Conv2d.of(6, 5).withPadding(-1),
                "conv2d: expected a padding from 0 to 4 for a kernel of size 5, received -1. Use less padding, or a larger kernel.");
    }

    @Test
    void layersOfImagesRefuseVectors() {
        for (LayerSpec layer : List.of(Conv2d.of(6, 5), MaxPool2d.of(2), AvgPool2d.of(2))) {
            refuses(
                    () -> layer.outputShape(Shape.of(784)),
                    "expected a rank-3 input [C, H, W], received [784]. Put it before the flatten layer, or give the"
                            + " network an image as input.");
        }
    }

    @Test
    void layersOfImagesRefuseImagesSmallerThanTheirWindow() {
        refuses(
                () -> Conv2d.of(6, 5).withPadding(1).outputShape(Shape.of(1, 2, 28)),
                "expected an image of at least 5x5 after padding, received [1, 2, 28] with padding 1."
                        + " Use a smaller kernel, more padding or fewer pooling layers before it.");
        refuses(
                () -> MaxPool2d.of(2).outputShape(Shape.of(6, 28, 1)),
                "expected an image of at least 2x2 after padding, received [6, 28, 1] with padding 0."
                        + " Use a smaller kernel, more padding or fewer pooling layers before it.");
        refuses(
                () -> AvgPool2d.of(3).outputShape(Shape.of(6, 2, 9)),
                "expected an image of at least 3x3 after padding, received [6, 2, 9] with padding 0."
                        + " Use a smaller kernel, more padding or fewer pooling layers before it.");
    }

    @ParameterizedTest
    @CsvSource({"28, 28, 2, 2, 14, 14", "29, 27, 2, 2, 14, 13", "10, 10, 3, 2, 4, 4", "3, 3, 3, 1, 1, 1"})
    void poolingLeavesOutTheRestAtTheEdge(int h, int w, int kernel, int stride, int outH, int outW) {
        assertThat(new MaxPool2d(kernel, stride).outputShape(Shape.of(6, h, w))).isEqualTo(Shape.of(6, outH, outW));
        assertThat(new AvgPool2d(kernel, stride).outputShape(Shape.of(6, h, w))).isEqualTo(Shape.of(6, outH, outW));
    }

    @Test
    void poolingWindowsTouchByDefault() {
        assertThat(MaxPool2d.of(3)).isEqualTo(new MaxPool2d(3, 3));
        assertThat(AvgPool2d.of(3)).isEqualTo(new AvgPool2d(3, 3));
    }

    @Test
    void poolingRefusesSettingsOutOfRange() {
        refuses(
                () -> MaxPool2d.of(0),
                "max_pool2d: expected a kernel size of at least 1, received 0. Give it a larger one.");
        refuses(
                () -> new MaxPool2d(2, 0),
                "max_pool2d: expected a stride of at least 1, received 0. Give it a larger one.");
        refuses(
                () -> AvgPool2d.of(-2),
                "avg_pool2d: expected a kernel size of at least 1, received -2. Give it a larger one.");
        refuses(
                () -> new AvgPool2d(2, 0),
                "avg_pool2d: expected a stride of at least 1, received 0. Give it a larger one.");
    }

    @Test
    void aLinearLayerTakesAVectorToAVector() {
        assertThat(Linear.of(120).outputShape(Shape.of(400))).isEqualTo(Shape.of(120));
        assertThat(Linear.of(120).parameters(Shape.of(400)))
                .containsExactly(
                        new ParameterSpec("weight", Shape.of(120, 400), 400),
                        new ParameterSpec("bias", Shape.of(120), 400));
    }

    @Test
    void aLinearLayerRefusesImagesAndNothing() {
        refuses(
                () -> Linear.of(120).outputShape(Shape.of(16, 5, 5)),
                "expected a rank-1 input, received [16, 5, 5]. Put a flatten layer before it.");
        refuses(
                () -> Linear.of(0),
                "linear: expected a number of outputs of at least 1, received 0. Give it a larger one.");
    }

    @Test
    void flattenMakesOneVectorOfAnything() {
        assertThat(new Flatten().outputShape(Shape.of(16, 5, 5))).isEqualTo(Shape.of(400));
        assertThat(new Flatten().outputShape(Shape.of(7))).isEqualTo(Shape.of(7));
    }

    @Test
    void elementwiseLayersKeepTheShapeAndPoolingAndTheyHaveNoParameters() {
        Shape image = Shape.of(6, 14, 14);
        List<LayerSpec> elementwise =
                new ArrayList<>(List.of(new Relu(), new LeakyRelu(), new Tanh(), new Sigmoid(), new Dropout(0.5f)));
        elementwise.addAll(SmoothUnit.all());
        for (LayerSpec layer : elementwise) {
            assertThat(layer.outputShape(image)).isEqualTo(image);
            assertThat(layer.outputShape(Shape.of(84))).isEqualTo(Shape.of(84));
            assertThat(layer.parameters(image)).isEmpty();
        }
        for (LayerSpec layer : List.of(MaxPool2d.of(2), AvgPool2d.of(2), new Flatten())) {
            assertThat(layer.parameters(image)).isEmpty();
        }
    }

    @Test
    void aSmoothUnitsSlopeIsThatOfItsValues() {
        double step = 1e-5;
        for (SmoothUnit unit : SmoothUnit.all()) {
            for (double x = -9; x <= 9; x += 0.25) {
                double slope = (unit.value(x + step) - unit.value(x - step)) / (2 * step);
                assertThat(unit.slope(x)).as("%s at %s", unit, x).isCloseTo(slope, within(1e-9));
            }
            assertThat(Math.abs(unit.value(0))).isZero();
            assertThat(unit.value(40)).isEqualTo(40);
            assertThat(Math.abs(unit.value(-1000))).isZero();
            assertThat(unit.value(Double.NaN)).isNaN();
        }
    }

    @Test
    void kindsAreTheNamesInFiles() {
        assertThat(List.of(
                                Conv2d.of(1, 1),
                                MaxPool2d.of(1),
                                AvgPool2d.of(1),
                                Linear.of(1),
                                new Relu(),
                                new Tanh(),
                                new Flatten(),
                                new Dropout(0),
                                new GlobalAvgPool(),
                                new LeakyRelu(),
                                new Silu(),
                                new Sigmoid(),
                                GroupNorm.of(1),
                                new BatchNorm2d(),
                                Residual.of("r", new Relu()))
                        .stream()
                        .map(LayerSpec::kind))
                .containsExactly(
                        "conv2d",
                        "max_pool2d",
                        "avg_pool2d",
                        "linear",
                        "relu",
                        "tanh",
                        "flatten",
                        "dropout",
                        "global_avg_pool",
                        "leaky_relu",
                        "silu",
                        "sigmoid",
                        "group_norm",
                        "batch_norm2d",
                        "residual");
    }

    @Test
    void globalPoolingMakesAVectorOfAPictureAndRefusesAVector() {
        assertThat(new GlobalAvgPool().outputShape(Shape.of(6, 5, 7))).isEqualTo(Shape.of(6));
        assertThat(new GlobalAvgPool().parameters(Shape.of(6, 5, 7))).isEmpty();
        refuses(
                () -> new GlobalAvgPool().outputShape(Shape.of(6)),
                "expected a rank-3 input [C, H, W], received [6]. Put it before the flatten layer, or give the network an"
                        + " image as input.");
    }

    @ParameterizedTest
    @ValueSource(floats = {-0.1f, 1, Float.POSITIVE_INFINITY, Float.NaN})
    void aLeakyRectifierRefusesSlopesOutOfRange(float slope) {
        refuses(
                () -> new LeakyRelu(slope),
                "leaky_relu: expected a slope of at least 0 and below 1, received " + slope + ". 0.01 is usual.");
    }

    @Test
    void groupNormalisationScalesAndShiftsEachChannel() {
        assertThat(GroupNorm.of(2).outputShape(Shape.of(6, 5, 7))).isEqualTo(Shape.of(6, 5, 7));
        Network network = Network.input(2, 5, 7).layer("n", GroupNorm.of(2)).build();
        Weights weights = Weights.initial(network, 1);
        assertThat(weights.get("n.weight")).containsExactly(1, 1);
        assertThat(weights.get("n.bias")).containsExactly(0, 0);
    }

    @Test
    void groupNormalisationRefusesGroupsThatDoNotFit() {
        refuses(
                () -> GroupNorm.of(4).outputShape(Shape.of(6, 5, 7)),
                "expected a number of channels that is a multiple of its 4 groups, received [6, 5, 7]. Use other groups, or"
                        + " other filters in the layer before it.");
        refuses(
                () -> GroupNorm.of(0),
                "group_norm: expected a number of groups of at least 1, received 0. Give it a larger one.");
        refuses(() -> new GroupNorm(1, 0), "group_norm: expected an epsilon above 0, received 0.0. 1e-5 is usual.");
    }

    @Test
    void batchNormalisationKeepsARunningMeanAndVarianceThatAreNotTrained() {
        Network network = Network.input(2, 5, 7).layer("n", new BatchNorm2d()).build();
        Weights weights = Weights.initial(network, 1);

        assertThat(network.output()).isEqualTo(Shape.of(2, 5, 7));
        assertThat(network.parameters())
                .extracting(ParameterSpec::name, ParameterSpec::trainable)
                .containsExactly(
                        tuple("n.weight", true),
                        tuple("n.bias", true),
                        tuple("n.running_mean", false),
                        tuple("n.running_var", false));
        assertThat(network.parameterCount()).isEqualTo(4);
        assertThat(network.isAllTrainable()).isFalse();
        assertThat(weights.get("n.running_mean")).containsExactly(0, 0);
        assertThat(weights.get("n.running_var")).containsExactly(1, 1);
    }

    @Test
    void batchNormalisationRefusesSettingsOutOfRange() {
        refuses(
                () -> new BatchNorm2d(0, 1e-5f),
                "batch_norm2d: expected a momentum above 0 and at most 1, received 0.0. 0.1 is usual.");
        refuses(
                () -> new BatchNorm2d(1.5f, 1e-5f),
                "batch_norm2d: expected a momentum above 0 and at most 1, received 1.5. 0.1 is usual.");
        refuses(
                () -> new BatchNorm2d(0.1f, 0),
                "batch_norm2d: expected an epsilon above 0, received 0.0. 1e-5 is usual.");
    }

    @Test
    void aResidualHasTheParametersOfItsLayersAndOfItsProjection() {
        Residual block = Residual.of(
                        "conv1", Conv2d.of(6, 3).withPadding(1).withStride(2).withoutBias())
                .with("norm1", GroupNorm.of(2))
                .with("inner", Residual.of("conv", Conv2d.of(6, 1)))
                .withProjection(Conv2d.of(6, 1).withStride(2));
        Network network = Network.input(2, 9, 9).layer("block1", block).build();

        assertThat(network.output()).isEqualTo(Shape.of(6, 5, 5));
        assertThat(network.parameters())
                .extracting(ParameterSpec::name)
                .containsExactly(
                        "block1.conv1.weight",
                        "block1.norm1.weight",
                        "block1.norm1.bias",
                        "block1.inner.conv.weight",
                        "block1.inner.conv.bias",
                        "block1.projection.weight",
                        "block1.projection.bias");
        assertThat(network.leaves())
                .extracting(Network.NamedLayer::name)
                .containsExactly("block1.conv1", "block1.norm1", "block1.inner.conv", "block1.projection");
    }

    @Test
    void aResidualRefusesLayersThatDoNotFit() {
        refuses(
                () -> Residual.of("conv", Conv2d.of(6, 3)).outputShape(Shape.of(6, 9, 9)),
                "expected layers that give [6, 9, 9] as the input does, received [6, 7, 7]. Give it a projection, a 1x1"
                        + " convolution with the stride and the filters of the layers.");
        refuses(
                () -> Residual.of("conv", Conv2d.of(6, 3))
                        .withProjection(Conv2d.of(6, 1))
                        .outputShape(Shape.of(6, 9, 9)),
                "expected layers that give [6, 9, 9] as the projection does, received [6, 7, 7]. Give it a projection, a 1x1"
                        + " convolution with the stride and the filters of the layers.");
        refuses(
                () -> Residual.of("fc", Linear.of(6)).outputShape(Shape.of(6, 9, 9)),
                "its fc (linear): expected a rank-1 input, received [6, 9, 9]. Put a flatten layer before it.");
        refuses(
                () -> Residual.of("a", new Relu()).with("a", new Relu()),
                "residual: expected a name of its own for each layer, received 'a' again. Rename one of the two.");
        refuses(
                () -> Residual.of("projection", new Relu()),
                "residual: expected a name without dots that is neither empty nor 'projection', received 'projection'."
                        + " Parameters are named BLOCK.LAYER.weight and BLOCK.LAYER.bias.");
    }

    @ParameterizedTest
    @ValueSource(floats = {-0.1f, 1, 1.5f, Float.NaN})
    void dropoutRefusesRatesOutOfRange(float rate) {
        refuses(
                () -> new Dropout(rate),
                "dropout: expected a rate of at least 0 and below 1, received " + rate + ". 0.5 is usual.");
    }

    @Test
    void dropoutKeepsTheMeanByScalingWhatItKeeps() {
        assertThat(new Dropout(0.75f).scale()).isEqualTo(4f);
        assertThat(new Dropout(0).scale()).isEqualTo(1f);
    }

    @Test
    void aDropoutMaskDependsOnSeedLayerAndStep() {
        // Golden values as in RandomStreamTest.
        RandomStream mask = Dropout.mask(9, "d1", 4);

        assertThat(mask.uniform(0)).isEqualTo(0.35806715f);
        assertThat(mask.uniform(1)).isEqualTo(0.5244819f);
        assertThat(Dropout.mask(10, "d1", 4).bits(0)).isNotEqualTo(mask.bits(0));
        assertThat(Dropout.mask(9, "d2", 4).bits(0)).isNotEqualTo(mask.bits(0));
        assertThat(Dropout.mask(9, "d1", 5).bits(0)).isNotEqualTo(mask.bits(0));
    }

    /** A layer that cannot be, or one that cannot take its input. */
    private static void refuses(Runnable making, String message) {
        assertThatThrownBy(making::run)
                .isInstanceOf(
                        message.startsWith("expected") || message.startsWith("its ")
                                ? ShapeException.class
                                : IllegalArgumentException.class)
                .hasMessage(message);
    }
}
