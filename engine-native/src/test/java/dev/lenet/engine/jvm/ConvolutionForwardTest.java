package dev.lenet.engine.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lenet.api.RandomStream;
import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.MaxPool2d;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Network.NamedLayer;
import dev.lenet.tck.oracle.Tolerance;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every way to convolve forward, in full blocks and smaller ones, against the definition in double precision, at sizes that fill tiles and that do not.
 * The build runs this class once for each width of registers.
 */
@EachWidth
class ConvolutionForwardTest {

    /** What is computed: a pooling of 0 is none. */
    record Case(int channels, int height, int width, Conv2d conv, int pool) {
        NamedLayer layer() {
            return Network.input(channels, height, width)
                    .layer("conv", conv)
                    .build()
                    .layers()
                    .get(0);
        }
    }

    static final List<Case> CASES = List.of(
            new Case(1, 28, 28, new Conv2d(6, 5, 1, 2), 2),
            new Case(6, 14, 14, new Conv2d(16, 5, 1, 0), 2),
            new Case(2, 7, 9, new Conv2d(5, 3, 1, 0), 0),
            new Case(2, 7, 9, new Conv2d(3, 3, 2, 1), 0),
            new Case(3, 11, 8, new Conv2d(7, 3, 2, 2), 2),
            new Case(1, 10, 13, new Conv2d(4, 4, 3, 1), 3),
            new Case(3, 5, 6, new Conv2d(2, 1, 1, 0), 1),
            new Case(1, 3, 3, new Conv2d(1, 3, 1, 0), 0),
            new Case(2, 4, 4, new Conv2d(9, 2, 3, 1), 2),
            new Case(8, 9, 7, new Conv2d(6, 3, 1, 1), 0),
            new Case(5, 6, 8, new Conv2d(10, 3, 1, 2), 0),
            new Case(7, 13, 12, new Conv2d(4, 3, 1, 1), 3),
            new Case(4, 12, 11, new Conv2d(11, 4, 2, 1), 2),
            new Case(1, 12, 17, new Conv2d(8, 5, 1, 4), 4),
            new Case(6, 8, 8, new Conv2d(4, 1, 2, 0), 0),
            new Case(5, 14, 14, new Conv2d(8, 3, 2, 1), 0),
            new Case(3, 13, 10, new Conv2d(6, 5, 3, 2), 0),
            new Case(2, 7, 8, new Conv2d(3, 2, 3, 0), 0));

    record Run(Kernels kernels, Case size, int lanes) {}

    static List<Run> runs() {
        List<Run> runs = new ArrayList<>();
        for (Kernels kernels : KernelsTest.kernels()) {
            CASES.forEach(size -> lanes(size).forEach(lanes -> runs.add(new Run(kernels, size, lanes))));
        }
        return runs;
    }

    /** Full blocks, single images, and a size that is another one for each case. */
    static List<Integer> lanes(Case size) {
        return List.of(Activation.LANES, 1, 2 + CASES.indexOf(size));
    }

    @ParameterizedTest
    @MethodSource("runs")
    void theOutputIsTheDefinitionsAndTheWinnerIsTheLargest(Run run) {
        NamedLayer layer = run.size().layer();
        int pool = run.size().pool();
        @Nullable MaxPool2d spec = pool == 0 ? null : MaxPool2d.of(pool);
        Activation input = new Activation(layer.input(), run.lanes(), false);
        Activation output =
                new Activation(spec == null ? layer.output() : spec.outputShape(layer.output()), run.lanes(), false);
        LayerParameters parameters = new LayerParameters(layer);
        fill(input.values(), 1);
        fill(parameters.weight(), 2);
        fill(new float[][] {parameters.bias()}, 3);
        ConvolutionForward forward = run.kernels().convolution(layer, input, output, spec, true);
        // Twice, as a buffer may hold something of the run before.
        forward.run(parameters);
        forward.run(parameters);

        int side = Math.max(pool, 1);
        int terms = layer.input().dimension(0)
                        * run.size().conv().kernelSize().side()
                        * run.size().conv().kernelSize().side()
                + 1;
        int rows = output.shape().dimension(1);
        float[][] winners = spec == null ? new float[0][] : forward.winners();
        for (int row = 0; row < output.values().length; row++) {
            for (int j = 0; j < output.values()[row].length; j++) {
                int x = j / run.lanes();
                int n = j % run.lanes();
                double largest = Double.NEGATIVE_INFINITY;
                double won = Double.NaN;
                for (int tap = 0; tap < side * side; tap++) {
                    double value = convolved(
                            run.size(),
                            input,
                            parameters,
                            row / rows,
                            row % rows * side + tap / side,
                            x * side + tap % side,
                            n);
                    largest = Math.max(largest, value);
                    if (spec != null && winners[row][j] == tap) {
                        won = value;
                    }
                }
                // Inputs, weights and bias are between -1 and 1.
                double bound = Tolerance.dot(terms).of(terms);
                assertThat((double) output.values()[row][j])
                        .as("row %d, column %d, image %d", row, x, n)
                        .isCloseTo(largest, within(bound));
                if (spec != null) {
                    assertThat(won)
                            .as("winner of row %d, column %d, image %d", row, x, n)
                            .isCloseTo(largest, within(bound));
                }
            }
        }
        if (spec == null) {
            assertThatThrownBy(forward::winners).isInstanceOf(IllegalStateException.class);
        }
    }

    private static double convolved(
            Case size, Activation input, LayerParameters parameters, int filter, int i, int k, int n) {
        Conv2d conv = size.conv();
        double sum = parameters.bias()[filter];
        int tap = 0;
        for (int c = 0; c < size.channels(); c++) {
            for (int u = 0; u < conv.kernelSize().side(); u++) {
                for (int v = 0; v < conv.kernelSize().side(); v++) {
                    int y = i * conv.stride() + u - conv.padding().side();
                    int x = k * conv.stride() + v - conv.padding().side();
                    double weight = parameters.weight()[filter][tap++];
                    if (y >= 0 && y < size.height() && x >= 0 && x < size.width()) {
                        sum += weight * input.values()[c * size.height() + y][x * input.lanes() + n];
                    }
                }
            }
        }
        return sum;
    }

    static void fill(float[][] rows, int stream) {
        RandomStream random = RandomStream.of(11, "convolution/" + stream);
        long index = 0;
        for (float[] row : rows) {
            for (int j = 0; j < row.length; j++) {
                row[j] = 2 * random.uniform(index++) - 1;
            }
        }
    }
}
