package dev.lenet.engine.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lenet.api.network.LeNet5;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Weights;
import dev.lenet.tck.sample.RandomExamples;
import dev.lenet.tck.sample.RandomNetworks;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An image has the logits of a full block in a block of any size, to the last bit, and the same dropout masks. */
@EachWidth
class BlockSizesTest {
    private static final int SEEDS = 60;
    private static final int STEP = 3;

    static IntStream seeds() {
        return IntStream.range(0, SEEDS);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anImageHasTheSameLogitsInABlockOfAnySize(int seed) {
        // Every tenth is the network that the program is for.
        Network network = seed % 10 == 0 ? LeNet5.network(seed / 10 % 3) : RandomNetworks.of(seed);
        ModelParameters parameters = new ModelParameters(network, Weights.initial(network, seed));
        RandomExamples examples = new RandomExamples(
                network.input(), Activation.LANES, network.output().size(), seed);
        List<Plan.Purpose> purposes = new ArrayList<>(List.of(Plan.Purpose.PREDICTION));
        if (network.isAllTrainable()) {
            // Otherwise an image of a training batch does depend on its neighbours.
            purposes.add(Plan.Purpose.training(seed));
        }
        for (Plan.Purpose purpose : purposes) {
            float[][] expected = logits(network, parameters, purpose, examples, Activation.LANES, 0);
            int lanes = 1 + seed % (Activation.LANES - 1);
            for (int first = 0; first + lanes <= Activation.LANES; first += lanes) {
                float[][] logits = logits(network, parameters, purpose, examples, lanes, first);
                for (int n = 0; n < lanes; n++) {
                    assertThat(logits[n])
                            .as("seed %d, image %d of %d from %d on, %s", seed, n, lanes, first, network)
                            .containsExactly(expected[first + n]);
                }
            }
        }
    }

    /** Those of some images that are a block by themselves, computed behind another block. */
    private static float[][] logits(
            Network network,
            ModelParameters parameters,
            Plan.Purpose purpose,
            RandomExamples examples,
            int lanes,
            int first) {
        Plan plan = new Plan(TestOptions.kernels(), network.layers(), parameters, purpose, lanes);
        for (int pass = 0; pass < 2; pass++) {
            for (int n = 0; n < lanes; n++) {
                examples.read(pass == 0 ? n : first + n, plan.example(), 0);
                plan.load(n);
            }
            plan.forward(STEP, first);
        }
        float[][] logits = new float[lanes][network.output().size()];
        for (int n = 0; n < lanes; n++) {
            plan.output().get(n, logits[n], 0);
        }
        return logits;
    }
}
