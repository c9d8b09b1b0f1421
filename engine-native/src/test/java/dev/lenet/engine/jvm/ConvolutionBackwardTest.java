package dev.lenet.engine.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lenet.api.network.MaxPool2d;
import dev.lenet.api.network.Network.NamedLayer;
import dev.lenet.tck.oracle.Tolerance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every way to go back through a convolution, against the definition in double precision, at the sizes of {@link
 * ConvolutionForwardTest}. The build runs this class once for each width of registers.
 */
@EachWidth
class ConvolutionBackwardTest {

    record Run(Kernels kernels, ConvolutionForwardTest.Case size, int lanes, boolean withInputGradient) {}

    static List<Run> runs() {
        List<Run> runs = new ArrayList<>();
        for (Kernels kernels : KernelsTest.kernels()) {
            for (ConvolutionForwardTest.Case size : ConvolutionForwardTest.CASES) {
                for (int lanes : ConvolutionForwardTest.lanes(size)) {
                    runs.add(new Run(kernels, size, lanes, false));
                    runs.add(new Run(kernels, size, lanes, true));
                }
            }
        }
        return runs;
    }

    @ParameterizedTest
    @MethodSource("runs")
    void gradientsAreTheDefinitions(Run run) {
        NamedLayer layer = run.size().layer();
        int pool = run.size().pool();
        @Nullable MaxPool2d spec = pool == 0 ? null : MaxPool2d.of(pool);
        Activation input = new Activation(layer.input(), run.lanes(), true);
        Activation output =
                new Activation(spec == null ? layer.output() : spec.outputShape(layer.output()), run.lanes(), true);
        LayerParameters parameters = new LayerParameters(layer);
        ConvolutionForwardTest.fill(input.values(), 1);
        ConvolutionForwardTest.fill(parameters.weight(), 2);
        ConvolutionForward forward = run.kernels().convolution(layer, input, output, spec, true);
        ConvolutionBackward backward = forward.backward(run.withInputGradient());
        LayerParameters gradients = new LayerParameters(layer);
        // Twice, as a buffer may hold something of the run before; the parameters' gradients are added to.
        for (int pass = 0; pass < 2; pass++) {
            forward.run(parameters);
            ConvolutionForwardTest.fill(output.gradients(), 3);
            clearSome(output);
            backward.run(parameters, gradients);
        }

        Definition expected = new Definition(run.size(), layer, input, parameters);
        expected.addAll(output, spec == null ? new float[0][] : forward.winners());
        for (int f = 0; f < expected.dBias.length; f++) {
            check("bias of filter " + f, gradients.bias()[f], 2 * expected.dBias[f], 2 * expected.places);
            for (int tap = 0; tap < expected.dWeight[f].length; tap++) {
                check(
                        "filter " + f + ", tap " + tap,
                        gradients.weight()[f][tap],
                        2 * expected.dWeight[f][tap],
                        2 * expected.places);
            }
        }
        int taps = expected.dBias.length
                * run.size().conv().kernelSize().side()
                * run.size().conv().kernelSize().side();
        for (int row = 0; run.withInputGradient() && row < expected.dInput.length; row++) {
            for (int j = 0; j < expected.dInput[row].length; j++) {
                check("input row " + row + ", value " + j, input.gradients()[row][j], expected.dInput[row][j], taps);
            }
        }
    }

    /** Values, gradients and weights are between -1 and 1. */
    private static void check(String what, double actual, double expected, int terms) {
        assertThat(actual)
                .as(what)
                .isCloseTo(expected, within(Tolerance.dot(terms + 1).of(terms)));
    }

    /** As a rectifier would: about a third of the places, and one whole image. */
    private static void clearSome(Activation output) {
        for (float[] row : output.gradients()) {
            for (int j = 0; j < row.length; j++) {
                if (row[j] < -0.3f || j % output.lanes() == 5) {
                    row[j] = 0;
                }
            }
        }
    }

    /** The gradients place by place, tap by tap. */
    private static final class Definition {
        private final ConvolutionForwardTest.Case size;
        private final Activation input;
        private final LayerParameters parameters;
        private final double[][] dWeight;
        private final double[] dBias;
        private final double[][] dInput;

        /** How many gradients one filter has. */
        private int places;

        Definition(ConvolutionForwardTest.Case size, NamedLayer layer, Activation input, LayerParameters parameters) {
            this.size = size;
            this.input = input;
            this.parameters = parameters;
            int filters = layer.output().dimension(0);
            int kernelSize = size.conv().kernelSize().side();
            dBias = new double[filters];
            dWeight = new double[filters][size.channels() * kernelSize * kernelSize];
            dInput = Arrays.stream(input.values())
                    .map(row -> new double[row.length])
                    .toArray(double[][]::new);
        }

        void addAll(Activation output, float[][] winners) {
            int side = Math.max(size.pool(), 1);
            int rows = output.shape().dimension(1);
            for (int row = 0; row < output.gradients().length; row++) {
                float[] gradients = output.gradients()[row];
                for (int j = 0; j < gradients.length; j++) {
                    int tap = winners.length == 0 ? 0 : (int) winners[row][j];
                    int i = row % rows * side + tap / side;
                    int x = j / output.lanes() * side + tap % side;
                    add(row / rows, i, x, j % output.lanes(), gradients[j]);
                }
                places = rows * gradients.length;
            }
        }

        private void add(int filter, int i, int k, int n, double gradient) {
            dBias[filter] += gradient;
            int kernelSize = size.conv().kernelSize().side();
            for (int tap = 0; tap < dWeight[filter].length; tap++) {
                int y = i * size.conv().stride()
                        + tap / kernelSize % kernelSize
                        - size.conv().padding().side();
                int x = k * size.conv().stride()
                        + tap % kernelSize
                        - size.conv().padding().side();
                if (y >= 0 && y < size.height() && x >= 0 && x < size.width()) {
                    int row = tap / kernelSize / kernelSize * size.height() + y;
                    int j = x * input.lanes() + n;
                    dWeight[filter][tap] += gradient * input.values()[row][j];
                    dInput[row][j] += gradient * parameters.weight()[filter][tap];
                }
            }
        }
    }
}
