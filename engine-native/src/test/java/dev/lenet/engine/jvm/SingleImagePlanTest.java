package dev.lenet.engine.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.Flatten;
import dev.lenet.api.network.LeNet5;
import dev.lenet.api.network.Linear;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Weights;
import dev.lenet.tck.sample.RandomExamples;
import dev.lenet.tck.sample.RandomNetworks;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One image by itself, and what vectors are spared at first, against a block of sixteen: the same sums in the same order, so the same
 * bits.
 */
@EachWidth
class SingleImagePlanTest {
    private static final int SEEDS = 200;

    static IntStream seeds() {
        return IntStream.range(0, SEEDS);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anImageByItselfHasTheLogitsItHasInABlock(int seed) {
        // Every tenth is the network that the program is for.
        Network network = seed % 10 == 0 ? LeNet5.network(seed / 10 % 3) : RandomNetworks.of(seed);
        Kernels kernels = TestOptions.kernels();
        ModelParameters parameters = new ModelParameters(network, Weights.initial(network, seed));
        RandomExamples examples = new RandomExamples(
                network.input(), Activation.LANES, network.output().size(), seed);
        List<List<Float>> expected = ofBlock(kernels, network, parameters, examples);
        assertThat(oneByOne(kernels, network, parameters, examples))
                .as("seed %d, %s", seed, network)
                .isEqualTo(expected);
        if (TestOptions.simd().usesVectors()) {
            Kernels fused = new FusedKernels();
            assertThat(ofBlock(fused, network, parameters, examples))
                    .as("seed %d, %s, before vectors are compiled", seed, network)
                    .isEqualTo(expected);
            assertThat(oneByOne(fused, network, parameters, examples))
                    .as("seed %d, %s, one by one, before vectors are compiled", seed, network)
                    .isEqualTo(expected);
        }
    }

    private static List<List<Float>> ofBlock(
            Kernels kernels, Network network, ModelParameters parameters, RandomExamples examples) {
        Plan block = new Plan(kernels, network.layers(), parameters, Plan.Purpose.PREDICTION);
        for (int n = 0; n < Activation.LANES; n++) {
            examples.read(n, block.example(), 0);
            block.load(n);
        }
        block.forward(0, 0);
        List<List<Float>> logits = new ArrayList<>();
        for (int n = 0; n < Activation.LANES; n++) {
            float[] row = new float[network.output().size()];
            block.output().get(n, row, 0);
            logits.add(boxed(row, 0));
        }
        return logits;
    }

    /** Each behind another number, and over the image before. */
    private static List<List<Float>> oneByOne(
            Kernels kernels, Network network, ModelParameters parameters, RandomExamples examples) {
        SingleImagePlan single = new SingleImagePlan(kernels, network.layers(), parameters);
        List<List<Float>> logits = new ArrayList<>();
        for (int n = 0; n < Activation.LANES; n++) {
            float[] row = new float[network.output().size() + 1];
            examples.read(n, single.example(), 0);
            single.run(row, 1);
            logits.add(boxed(row, 1));
        }
        return logits;
    }

    private static List<Float> boxed(float[] values, int from) {
        return IntStream.range(from, values.length).mapToObj(i -> values[i]).toList();
    }

    @Test
    void aStrideLeavesPlacesOutInsteadOfComputingThem() {
        Network network = Network.input(1, 28, 28)
                .layer("conv1", new Conv2d(4, 5, 3, 1))
                .layer("flatten", new Flatten())
                .layer("fc1", Linear.of(2))
                .build();
        Kernels kernels = TestOptions.kernels();
        List<Integer> lengths = new ArrayList<>();
        Kernels counting = (Kernels) Proxy.newProxyInstance(
                Kernels.class.getClassLoader(), new Class<?>[] {Kernels.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("multiplyAdd")) {
                        lengths.add(((float[][]) arguments[0])[0].length);
                    }
                    return method.invoke(kernels, arguments);
                });
        ModelParameters parameters = new ModelParameters(network, Weights.initial(network, 1));

        new SingleImagePlan(counting, network.layers(), parameters).run(new float[2], 0);

        // Nine rows of the output, in a pitch of a third of 30 columns; and the two classes.
        assertThat(lengths).containsExactly(Kernels.padded(9 * 10), Kernels.padded(2));
    }
}
