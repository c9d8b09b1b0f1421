package dev.lenet.app.run;

import dev.lenet.api.DivergedException;
import dev.lenet.api.Shape;
import dev.lenet.api.data.Batch;
import dev.lenet.api.data.Dataset;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.Layer;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Tensor;
import dev.lenet.api.engine.Trainer;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Network.NamedLayer;
import dev.lenet.api.network.ParameterSpec;
import dev.lenet.api.network.Weights;
import dev.lenet.api.training.TrainingListener;
import dev.lenet.api.training.TrainingLoop;
import dev.lenet.api.training.TrainingSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The same work on two engines: the layers one by one, the whole network at once, the gradients, some steps of training.
 *
 * <p>The images are the first batch that training takes, in the order of the first epoch: a shuffled sample, where the
 * first images of a file would be a biased one.
 */
final class Comparison {
    private final Side first;
    private final Side second;
    private final Network network;
    private final Dataset training;
    private final TrainingSettings settings;
    private final Batch batch;

    /** One engine and its realisation of the network. */
    record Side(Engine engine, Model model) {}

    /**
     * @param sameInput both engines were given what the first engine's layer before put out
     * @param ownInput each engine was given what its own layer before put out, so that differences add up
     */
    record OfLayer(NamedLayer layer, Difference sameInput, Difference ownInput) {}

    /**
     * @param engines the whole network on the one engine and on the other
     * @param first the whole network, which an engine may fuse, and its layers one by one, both on the first engine
     * @param second the same on the second engine
     */
    record OfPrediction(Difference engines, Difference first, Difference second) {}

    /**
     * One engine's way through training.
     *
     * @param losses of each step, as long as they are finite
     * @param diverged whether the loss after those was not
     */
    record Course(List<Float> losses, boolean diverged) {}

    /** Both engines' ways. */
    record Courses(Course first, Course second) {
        /** How many steps have a finite loss on both. */
        int steps() {
            return Math.min(first.losses().size(), second.losses().size());
        }

        boolean diverged() {
            return first.diverged() || second.diverged();
        }

        /** Of the losses of a step, from 1. */
        double difference(int step) {
            return Math.abs(
                    (double) first.losses().get(step - 1) - second.losses().get(step - 1));
        }
    }

    /**
     * @param first with a model of the same network and weights as the second
     * @param settings of the training; their limit of steps is how many {@link #train} compares
     */
    Comparison(Side first, Side second, Dataset training, TrainingSettings settings) {
        this.first = first;
        this.second = second;
        this.network = first.model().network();
        this.training = training;
        this.settings = settings;
        int size = Math.min(settings.batchSize(), training.size());
        this.batch = new Batch(training, settings.order(training.size(), 1), 0, size);
        batch.check(network.input());
    }

    /** How many images the layers, the prediction and the gradients are compared on. */
    int images() {
        return batch.size();
    }

    List<OfLayer> layers() {
        List<OfLayer> differences = new ArrayList<>();
        float[] intoFirst = input();
        float[] intoSecond = intoFirst;
        for (NamedLayer layer : network.layers()) {
            float[] outOfFirst = forward(first, layer, intoFirst);
            float[] same = forward(second, layer, intoFirst);
            float[] own = forward(second, layer, intoSecond);
            differences.add(new OfLayer(
                    layer,
                    between(layer.name(), layer.output(), outOfFirst, same),
                    between(layer.name(), layer.output(), outOfFirst, own)));
            intoFirst = outOfFirst;
            intoSecond = own;
        }
        return differences;
    }

    OfPrediction prediction() {
        float[] ofFirst = predict(first);
        float[] ofSecond = predict(second);
        Shape logits = network.output();
        return new OfPrediction(
                between("predict", logits, ofFirst, ofSecond),
                between("predict", logits, ofFirst, oneByOne(first)),
                between("predict", logits, ofSecond, oneByOne(second)));
    }

    /** Of the batch's mean loss, by parameter. */
    Map<String, Difference> gradients() {
        return byParameter(gradients(first), gradients(second));
    }

    /** Trains both models, one after the other, as the settings say. */
    Courses train() {
        return new Courses(train(first), train(second));
    }

    /** As they are now, by parameter. */
    Map<String, Difference> weights() {
        return byParameter(first.model().weights(), second.model().weights());
    }

    private float[] input() {
        int exampleSize = network.input().size();
        float[] values = new float[network.input().batchOf(batch.size()).size()];
        for (int i = 0; i < batch.size(); i++) {
            batch.read(i, values, i * exampleSize);
        }
        return values;
    }

    private float[] forward(Side side, NamedLayer spec, float[] input) {
        Layer layer = side.model().layers().get(spec.index());
        try (Tensor in = side.engine().tensor(spec.input().batchOf(batch.size()), input);
                Tensor out = layer.forward(in)) {
            return out.toArray();
        }
    }

    private float[] oneByOne(Side side) {
        float[] values = input();
        for (NamedLayer layer : network.layers()) {
            values = forward(side, layer, values);
        }
        return values;
    }

    private float[] predict(Side side) {
        try (Tensor logits = side.model().predict(batch)) {
            return logits.toArray();
        }
    }

    private Weights gradients(Side side) {
        try (Trainer trainer = side.engine().trainer(side.model(), settings.spec())) {
            return trainer.gradients(batch);
        }
    }

    private Course train(Side side) {
        List<Float> losses = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void lossKnown(long step, float loss) {
                losses.add(loss);
            }
        };
        Dataset noValidation = training.select(new int[0]);
        try {
            new TrainingLoop(side.engine(), settings).run(side.model(), training, noValidation, listener);
            return new Course(losses, false);
        } catch (DivergedException e) {
            return new Course(losses, true);
        }
    }

    private Difference between(String what, Shape output, float[] a, float[] b) {
        return Difference.between(what, output.batchOf(batch.size()), a, b);
    }

    private Map<String, Difference> byParameter(Weights a, Weights b) {
        Map<String, Difference> differences = new LinkedHashMap<>();
        for (ParameterSpec parameter : network.parameters()) {
            String name = parameter.name();
            differences.put(name, Difference.between(name, parameter.shape(), a.get(name), b.get(name)));
        }
        return differences;
    }
}
