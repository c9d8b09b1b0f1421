package dev.lenet.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lenet.api.Shape;
import dev.lenet.api.data.Batch;
import dev.lenet.api.data.Dataset;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.TrainerState;
import dev.lenet.api.network.Dropout;
import dev.lenet.api.network.Flatten;
import dev.lenet.api.network.Linear;
import dev.lenet.api.network.MaxPool2d;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Relu;
import dev.lenet.api.network.Weights;
import dev.lenet.tck.sample.LayerCase;
import dev.lenet.tck.sample.Lens;
import dev.lenet.tck.sample.Networks;
import dev.lenet.tck.sample.OtherExamples;
import dev.lenet.tck.sample.RandomExamples;
import dev.lenet.tck.sample.RandomNetworks;
import dev.lenet.tck.sample.SampleWeights;
import dev.lenet.tck.sample.Special;
import java.util.Arrays;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Chapter 4 of the contract: what the gradients of a batch are. */
public interface GradientRules extends ContractRules {

    /** What every trainer here is announced; batches are smaller, and this one as well. */
    int ANNOUNCED = 129;

    /**
     * The gradient of every weight is that of the batch's mean loss.
     *
     * <p>When it fails: for a convolution, does every window add to the gradient of the place it was multiplied with, at
     * any stride and padding; for a linear layer, is the gradient [outputs, features] as the weight is; is it divided by
     * the number of examples?
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.lenet.tck.GradientRules#layersWithParameters")
    default void rule_4_1_theGradientOfEveryWeightIsRight(LayerCase layer) {
        checkClassifier(layer, name -> name.endsWith(".weight"));
    }

    /**
     * The gradient of a weight is right where the examples, and with them the gradient, are very large or very small.
     *
     * <p>When it fails: are small gradients taken for zero, or large ones clipped?
     */
    @ParameterizedTest(name = "examples of about {0}")
    @ValueSource(floats = {1e-25f, 1e25f})
    default void rule_4_1_theGradientOfAWeightIsRightAtAnySize(float size) {
        Network network = Networks.everyLayer();
        Weights initial = SampleWeights.of(network, SEED);
        // The first layer takes the examples back to numbers of about 1.
        Weights weights = Weights.of(network, parameter -> {
            float[] values = initial.get(parameter.name());
            return parameter.name().equals("conv1.weight") ? Special.scaled(values, 1 / size) : values;
        });
        RandomExamples data = new RandomExamples(network.input(), 9, 4, SEED);
        Dataset scaled = new OtherExamples(data) {
            @Override
            public void read(int row, float[] target, int offset) {
                super.read(row, target, offset);
                for (int i = offset; i < offset + exampleShape().size(); i++) {
                    target[i] *= size;
                }
            }
        };
        Batch batch = Batch.range(scaled, 0, data.size());
        check("examples of about " + size, network, weights, batch, 0, name -> true);
    }

    /**
     * The gradient of every bias is that of the batch's mean loss.
     *
     * <p>When it fails: is it summed over all positions of all examples, and divided by the number of examples?
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.lenet.tck.GradientRules#layersWithParameters")
    default void rule_4_2_theGradientOfEveryBiasIsRight(LayerCase layer) {
        checkClassifier(layer, name -> name.endsWith(".bias"));
    }

    /**
     * The gradient that a layer passes on to the one before it is right at every position.
     *
     * <p>It is looked at through a {@link Lens}. When it fails: does every output add to all the inputs it came from, also
     * where windows overlap, at the edges and behind a stride; is memory of an earlier step or example cleared?
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.lenet.tck.sample.LayerCase#all")
    default void rule_4_3_theGradientOfEveryInputIsRight(LayerCase layer) {
        Lens lens = Lens.on(layer, SEED);
        check(layer.toString(), lens.network(), lens.weights(), lens.batch(), 0, Lens.PICTURE::equals);
    }

    /**
     * Between equal values of a window the first in row-major order takes the whole gradient.
     *
     * <p>When it fails: is the comparison "larger" and not "at least as large"; are windows read row by row; is the
     * gradient not shared between the equal ones, and not given to each?
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.lenet.tck.sample.LayerCase#maxPoolings")
    default void rule_4_4_theFirstOfEqualValuesTakesTheGradient(LayerCase pool) {
        float[] noise = new float[pool.input().size()];
        new RandomExamples(pool.input(), 1, 1, SEED).read(0, noise, 0);
        float[] twoShades = new float[noise.length];
        for (int i = 0; i < noise.length; i++) {
            twoShades[i] = Math.signum(noise[i]);
        }
        for (float[] picture : new float[][] {new float[noise.length], twoShades}) {
            Lens lens = Lens.on(pool, picture, SEED);
            check(pool.toString(), lens.network(), lens.weights(), lens.batch(), 0, Lens.PICTURE::equals);
        }
    }

    /**
     * As the rule before, behind a rectifier, where all that was negative ties at zero and gets no gradient.
     *
     * <p>When it fails and the rule before holds: look at where the rectifier and the pooling are fused.
     */
    @Test
    default void rule_4_4_theFirstOfEqualValuesTakesTheGradientBehindARectifier() {
        for (float shade : new float[] {-1, 0, 1}) {
            LayerCase relu = new LayerCase(new Relu(), Shape.of(2, 6, 6));
            float[] picture = new float[relu.input().size()];
            Arrays.fill(picture, shade);
            Lens plain = Lens.on(relu, picture, SEED);
            Network pooled = Network.input(36, 6, 6)
                    .layer("lens", plain.network().layers().get(0).spec())
                    .layer("relu", new Relu())
                    .layer("pool", MaxPool2d.of(2))
                    .layer("flatten", new Flatten())
                    .layer("fc", Linear.of(3))
                    .build();
            Weights weights = Weights.of(
                    pooled,
                    parameter -> parameter.name().equals(Lens.PICTURE)
                            ? picture
                            : SampleWeights.of(pooled, SEED).get(parameter.name()));
            Weights flat = Weights.of(
                    pooled,
                    parameter -> parameter.name().equals("lens.bias") ? new float[2] : weights.get(parameter.name()));
            check("shade " + shade, pooled, flat, plain.batch(), 0, Lens.PICTURE::equals);
        }
    }

    /**
     * A rectifier passes no gradient where its input is exactly zero, of either sign.
     *
     * <p>When it fails: is the condition "above zero" and not "at least zero"?
     */
    @Test
    default void rule_4_5_aRectifierPassesNothingAtZero() {
        LayerCase relu = new LayerCase(new Relu(), Shape.of(1, 2, 4));
        float[] picture = {0, -0f, 1, -1, 0.5f, 0, -0.5f, -0f};
        Lens lens = Lens.on(relu, picture, SEED);
        check("relu at zero", lens.network(), lens.weights(), lens.batch(), 0, Lens.PICTURE::equals);
    }

    /**
     * Dropout keeps the values that {@link Dropout#mask} says, and scales them by {@link Dropout#scale}.
     *
     * <p>When it fails: does the place of a value in the stream count through the whole batch, {@code n * size + i}; is a
     * value kept where the number is at least the rate; is the step that of the trainer's state, also after restoring?
     */
    @ParameterizedTest(name = "after {0} updates")
    @ValueSource(longs = {0, 1, 2, 1_000_000_007L})
    default void rule_4_6_dropoutFollowsItsMask(long step) {
        Network network = Network.input(2, 3, 5)
                .layer("drop1", new Dropout(0.25f))
                .layer("flatten", new Flatten())
                .layer("fc1", Linear.of(7))
                .layer("drop2", new Dropout(0.5f))
                .layer("fc2", Linear.of(3))
                .build();
        Batch batch = new RandomExamples(network.input(), 19, 3, SEED).all();
        check("dropout", network, SampleWeights.of(network, SEED), batch, step, name -> true);
    }

    /**
     * Gradients are averages over the examples that came, which may be fewer than were announced.
     *
     * <p>When it fails: is the divisor the batch's own size; do lanes or rows without an example add nothing?
     */
    @ParameterizedTest(name = "{0} of " + ANNOUNCED)
    @ValueSource(ints = {ANNOUNCED, 128, 127, 65, 64, 33, 32, 17, 16, 15, 2, 1})
    default void rule_4_7_theAverageIsOverWhatCame(int size) {
        Network network = Networks.rectified();
        Batch batch = new RandomExamples(network.input(), 3 + ANNOUNCED, 4, SEED).shuffled(3, size);
        check(size + " of " + ANNOUNCED, network, SampleWeights.of(network, SEED), batch, 0, name -> true);
    }

    /**
     * Random small networks have the right gradients.
     *
     * <p>When it fails and rules 4.1 to 4.6 hold: look at what is between the layers. The seed in the test's name gives
     * the network again, with {@code RandomNetworks.of}.
     */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.lenet.tck.ContractRules#seeds")
    default void rule_4_8_randomNetworksHaveTheRightGradients(long seed) {
        Network network = RandomNetworks.of(seed);
        int classes = network.output().size();
        Batch batch = new RandomExamples(network.input(), 25, classes, seed).shuffled(5, 1 + (int) (seed % 20));
        check("seed " + seed + "\n" + network, network, SampleWeights.of(network, seed), batch, 0, name -> true);
    }

    /**
     * Asking for gradients changes nothing.
     *
     * <p>When it fails: are gradients computed by making a step; does the call count as one; does it leave a loss?
     */
    @Test
    default void rule_4_9_lookingAtGradientsChangesNothing() {
        try (Engine engine = open();
                Run run = Run.on(engine)) {
            run.go(2);
            assertThat(run.losses()).hasSize(2);
            TrainerState before = Bits.copyOf(Run.NETWORK, run.trainer.state());
            Weights first = Bits.copyOf(Run.NETWORK, run.trainer.gradients(Run.batch(2)));
            run.trainer.gradients(Run.batch(5));
            Bits.assertSameBits("gradients of the same batch again", run.trainer.gradients(Run.batch(2)), first);
            Bits.assertSameState("state", run.trainer.state(), before);
            assertThat(run.losses()).as("losses of no step").isEmpty();
        }
    }

    /**
     * Logits of any size give finite losses and gradients.
     *
     * <p>When it fails: is the largest logit subtracted before exp; is the logarithm taken of the sum and not of each
     * probability, which may be zero?
     */
    @ParameterizedTest(name = "logits of about {0}")
    @ValueSource(floats = {1e-30f, 1, 50, 88, 104, 1e4f, 1e30f})
    default void rule_4_10_logitsOfAnySizeGiveFiniteGradients(float size) {
        Network network = Networks.of(Linear.of(5), 4);
        Weights weights = Special.scaled(network, SampleWeights.of(network, SEED), size);
        Batch batch = new RandomExamples(network.input(), 7, 5, SEED).all();
        check("logits of about " + size, network, weights, batch, 0, name -> true);
    }

    /** Convolutions and linear layers, normalisations, and blocks of them. */
    static Stream<LayerCase> layersWithParameters() {
        return LayerCase.all().stream()
                .filter(layer -> !layer.network().parameters().isEmpty());
    }

    /** The layer on noise, with a classifier behind it. */
    private void checkClassifier(LayerCase layer, Predicate<String> parameters) {
        Network.Builder builder = Network.input(layer.input().toArray()).layer("layer", layer.spec());
        if (layer.spec().outputShape(layer.input()).rank() == 3) {
            builder.layer("flatten", new Flatten());
        }
        Network network = builder.layer("fc", Linear.of(3)).build();
        Batch batch = new RandomExamples(network.input(), 17, 3, SEED).all();
        check(layer.toString(), network, SampleWeights.of(network, SEED), batch, 0, parameters);
    }

    /** As {@link GradientCheck#check}. */
    private void check(
            String what, Network network, Weights weights, Batch batch, long step, Predicate<String> parameters) {
        GradientCheck.check(this, what, network, weights, batch, step, parameters);
    }
}
