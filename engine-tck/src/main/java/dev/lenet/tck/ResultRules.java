package dev.lenet.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lenet.api.Shape;
import dev.lenet.api.data.ArrayDataset;
import dev.lenet.api.data.Batch;
import dev.lenet.api.data.Dataset;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.data.Normalization;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.Layer;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Tensor;
import dev.lenet.api.network.AvgPool2d;
import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.Dropout;
import dev.lenet.api.network.Flatten;
import dev.lenet.api.network.LayerSpec;
import dev.lenet.api.network.Linear;
import dev.lenet.api.network.MaxPool2d;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Relu;
import dev.lenet.api.network.Tanh;
import dev.lenet.api.network.Weights;
import dev.lenet.tck.sample.Networks;
import dev.lenet.tck.sample.OtherExamples;
import dev.lenet.tck.sample.SampleWeights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Chapter 2 of the contract, continued: predictions come out as the examples went in, and stay. */
public interface ResultRules extends ContractRules {

    /** Below, at and above what blocks and vectors usually hold. */
    List<Integer> COUNTS = List.of(1, 2, 3, 7, 8, 15, 16, 17, 31, 32, 33, 65);

    /**
     * Any number of examples goes in and as many outputs come out, through the whole network and layer by layer; an
     * example's output is the same alone and in company. All values are whole numbers, so that nothing is rounded.
     *
     * <p>When it fails: look at N = 1, which some libraries take for no batch at all, and at the rest that is left when N
     * is cut into blocks.
     */
    @Test
    default void rule_2_5_anyNumberOfExamples() {
        Network network = Network.input(2, 6, 6)
                .layer("conv", Conv2d.of(3, 3).withPadding(1))
                .layer("relu", new Relu())
                .layer("pool", MaxPool2d.of(2))
                .layer("drop", new Dropout(0.5f))
                .layer("flatten", new Flatten())
                .layer("fc", Linear.of(4))
                .build();
        float[] values = Values.whole(
                "examples", COUNTS.get(COUNTS.size() - 1) * network.input().size());
        try (Engine engine = open();
                Model model = engine.build(network, Values.wholeWeights(network))) {
            List<float[]> alone = new ArrayList<>();
            for (int count : COUNTS) {
                Shape shape = network.input().batchOf(count);
                while (alone.size() < count) {
                    alone.add(predictRow(engine, model, values, alone.size()));
                }
                try (Tensor examples = engine.tensor(shape, Arrays.copyOf(values, shape.size()));
                        Tensor logits = model.predict(examples)) {
                    assertThat(logits.shape()).isEqualTo(network.output().batchOf(count));
                    assertRows(logits.toArray(), alone.subList(0, count));
                }
                assertRows(layerByLayer(engine, model, count, values), alone.subList(0, count));
            }
        }
    }

    private static float[] predictRow(Engine engine, Model model, float[] values, int row) {
        int size = model.network().input().size();
        float[] example = Arrays.copyOfRange(values, row * size, (row + 1) * size);
        try (Tensor tensor = engine.tensor(model.network().input().batchOf(1), example)) {
            return Run.logits(model, tensor);
        }
    }

    private static float[] layerByLayer(Engine engine, Model model, int count, float[] values) {
        Shape shape = model.network().input().batchOf(count);
        Tensor x = engine.tensor(shape, Arrays.copyOf(values, shape.size()));
        for (Layer layer : model.layers()) {
            try (Tensor input = x) {
                x = layer.forward(input);
                assertThat(x.shape())
                        .as(layer.spec().toString())
                        .isEqualTo(layer.spec().output().batchOf(count));
            }
        }
        try (Tensor output = x) {
            return output.toArray();
        }
    }

    private static void assertRows(float[] received, List<float[]> expected) {
        int size = expected.get(0).length;
        assertThat(received).hasSize(expected.size() * size);
        for (int row = 0; row < expected.size(); row++) {
            Bits.assertSameBits(
                    "row " + row + " of " + expected.size(),
                    Arrays.copyOfRange(received, row * size, (row + 1) * size),
                    expected.get(row));
        }
    }

    /**
     * A batch is predicted as a tensor of its rows is: repeated, in reverse, with gaps, from an offset, of a data set
     * whose labels are not asked for.
     *
     * <p>When it fails: look at how a batch is read: row {@code order[offset + i]}, and never row {@code i}; and at copies
     * of a data set or batch that are kept from one call to the next.
     */
    @Test
    default void rule_2_6_aBatchIsPredictedAsATensorOfItsRows() {
        Dataset unlabelled = new OtherExamples(Run.EXAMPLES) {
            @Override
            public int label(int row) {
                throw new AssertionError("A prediction needs no label.");
            }

            @Override
            public int classes() {
                return 1;
            }
        };
        int rows = Run.EXAMPLES.size();
        int[] reversed = IntStream.range(0, rows).map(i -> rows - 1 - i).toArray();
        int[] repeated = IntStream.range(0, rows).map(i -> 5 + i / 30).toArray();
        int[] skipping = IntStream.range(0, rows).map(i -> i * 7 % rows).toArray();
        try (Engine engine = open();
                Run run = Run.on(engine)) {
            for (int count : COUNTS) {
                for (int[] order : List.of(reversed, repeated, skipping)) {
                    for (int offset : new int[] {0, (rows - count) / 2, rows - count}) {
                        Batch batch = new Batch(unlabelled, order, offset, count);
                        try (Tensor examples = Run.tensor(engine, batch)) {
                            Bits.assertSameBits(
                                    count + " rows from " + offset,
                                    Run.logits(run.model, batch),
                                    Run.logits(run.model, examples));
                        }
                    }
                }
            }
        }
    }

    /**
     * A data set of pictures, which an engine may know and read in a way of its own, is predicted as a tensor of its rows,
     * too; so is a selection of it.
     *
     * <p>When it fails: look at what the engine does for {@code ImageRows}: at the normalisation, and at the rows of a selection.
     */
    @Test
    default void rule_2_6_picturesArePredictedAsATensorOfTheirValues() {
        int rows = COUNTS.get(COUNTS.size() - 1);
        byte[] pixels = new byte[rows * Run.NETWORK.input().size()];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i * 37 + i / 64);
        }
        Dataset pictures =
                new ImageDataset(Run.NETWORK.input(), pixels, new byte[rows], 4, new Normalization(0.25, 0.75));
        int[] reversed = IntStream.range(0, rows).map(i -> rows - 1 - i).toArray();
        try (Engine engine = open();
                Run run = Run.on(engine)) {
            for (Dataset dataset : List.of(pictures, pictures.select(reversed))) {
                for (int count : COUNTS) {
                    Batch batch = new Batch(dataset, reversed, rows - count, count);
                    try (Tensor examples = Run.tensor(engine, batch)) {
                        Bits.assertSameBits(
                                count + " pictures", Run.logits(run.model, batch), Run.logits(run.model, examples));
                    }
                }
            }
        }
    }

    /**
     * Logits and feature maps keep their values while other batches are predicted, steps are made, and the tensors they
     * came from are closed.
     *
     * <p>When it fails: look at where results are written: into memory of their own, not into a buffer that the next call
     * uses again.
     */
    @Test
    default void rule_2_7_aResultKeepsItsValues() {
        try (Engine engine = open();
                Run run = Run.on(engine)) {
            List<Tensor> kept = new ArrayList<>();
            List<float[]> values = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                Batch batch = Run.batch(i);
                try (Tensor examples = Run.tensor(engine, batch)) {
                    kept.add(run.model.predict(batch));
                    kept.add(run.model.predict(examples));
                }
                for (Layer layer : run.layers) {
                    try (Tensor input = Run.input(engine, layer.spec())) {
                        kept.add(layer.forward(input));
                    }
                }
                while (values.size() < kept.size()) {
                    Tensor result = kept.get(values.size());
                    values.add(UseAssertions.assertAccepted("reading result " + values.size(), result::toArray));
                }
                run.go(1);
                run.trainer.gradients(batch);
            }
            for (int i = 0; i < kept.size(); i++) {
                Bits.assertSameBits("result " + i, kept.get(i), values.get(i));
            }
        }
    }

    /**
     * A tensor keeps its values when it is predicted from, or given to a layer of any kind.
     *
     * <p>When it fails: look for a function that is computed in place; a rectifier is the usual one.
     */
    @Test
    default void rule_2_7_whatIsComputedWithKeepsItsValues() {
        Map<LayerSpec, int[]> kinds = new LinkedHashMap<>();
        List.of(Conv2d.of(2, 3), MaxPool2d.of(2), AvgPool2d.of(2), new Relu(), new Tanh(), new Flatten())
                .forEach(spec -> kinds.put(spec, new int[] {2, 4, 4}));
        kinds.put(Linear.of(3), new int[] {17});
        kinds.put(new Dropout(0.5f), new int[] {17});
        try (Engine engine = open()) {
            kinds.forEach((spec, input) -> {
                Network network = Networks.of(spec, input);
                try (Model model = engine.build(network, SampleWeights.of(network, SEED));
                        Tensor examples = Run.input(engine, network.layers().get(0))) {
                    float[] values = examples.toArray();
                    model.predict(examples).close();
                    Bits.assertSameBits(spec + ", predicted from", examples, values);
                    model.layers().get(0).forward(examples).close();
                    Bits.assertSameBits(spec + ", given to the layer", examples, values);
                }
            });
        }
    }

    /**
     * A network that only passes values on gives a tensor of its own, too: neither closing the input nor predicting
     * something else touches it, and closing it does not touch the input.
     *
     * <p>When it fails: look at flatten and dropout, whose output is easily a window onto the input, and at what the last
     * layer of a network returns.
     */
    @Test
    default void rule_2_7_whatIsPassedOnIsAResultOfItsOwn() {
        Map<LayerSpec, int[]> passing = new LinkedHashMap<>();
        passing.put(new Flatten(), new int[] {2, 3, 3});
        passing.put(new Dropout(0.5f), new int[] {5});
        passing.put(new Relu(), new int[] {2, 3, 3});
        passing.put(MaxPool2d.of(1), new int[] {2, 3, 3});
        try (Engine engine = open()) {
            passing.forEach((spec, input) -> {
                Network network = Networks.of(spec, input);
                try (Model model = engine.build(network, Weights.zeros(network))) {
                    assertPassesOn(engine, model);
                }
            });
        }
    }

    private static void assertPassesOn(Engine engine, Model model) {
        Layer layer = model.layers().get(0);
        Shape shape = model.network().input();
        List<Tensor> kept = new ArrayList<>();
        List<float[]> expected = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            float[] values = new float[3 * shape.size()];
            for (int at = 0; at < values.length; at++) {
                values[at] = 1 + at + i;
            }
            Batch batch = Batch.range(ArrayDataset.of(shape, values, new int[3], 1), 0, 3);
            try (Tensor examples = Run.tensor(engine, batch)) {
                List<Tensor> outputs = List.of(model.predict(batch), model.predict(examples), layer.forward(examples));
                model.predict(examples).close();
                layer.forward(examples).close();
                Bits.assertSameBits(layer.spec() + ": input", examples, values);
                kept.addAll(outputs);
                outputs.forEach(output -> expected.add(values));
            }
        }
        for (int i = 0; i < kept.size(); i++) {
            Bits.assertSameBits(layer.spec() + ": output " + i, kept.get(i), expected.get(i));
        }
    }
}
