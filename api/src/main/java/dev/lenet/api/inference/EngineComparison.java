package dev.lenet.api.inference;

import dev.lenet.api.Shape;
import dev.lenet.api.ShapeException;
import dev.lenet.api.data.Batch;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Tensor;
import dev.lenet.api.engine.Trainer;
import dev.lenet.api.engine.TrainingSpec;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Network.NamedLayer;
import dev.lenet.api.network.ParameterSpec;
import dev.lenet.api.network.Weights;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The same batch on two engines: the layers one by one, the whole network at once, the gradients.
 *
 * <p>Take a batch of a shuffled data set: the first examples of a file are a biased sample.
 */
public final class EngineComparison {
    private final Side first;
    private final Side second;
    private final Network network;
    private final Batch batch;
    private final TrainingSpec spec;

    /** One engine and its realisation of the network. */
    public record Side(Engine engine, Model model) {}

    /**
     * @param sameInput both engines were given what the first engine's layer before put out
     * @param ownInput each engine was given what its own layer before put out, so that differences add up
     */
    public record OfLayer(NamedLayer layer, Difference sameInput, Difference ownInput) {}

    /**
     * @param engines the whole network on the one engine and on the other
     * @param first the whole network, which an engine may fuse, and its layers one by one, both on the first engine
     * @param second the same on the second engine
     */
    public record OfPrediction(Difference engines, Difference first, Difference second) {}

    /**
     * @param first with a model of the same network and weights as the second
     * @param batch the examples to compare on
     * @param spec of the gradients' loss
     * @throws ShapeException if the network takes examples of another shape
     */
    public EngineComparison(Side first, Side second, Batch batch, TrainingSpec spec) {
        this.first = first;
        this.second = second;
        this.network = first.model().network();
        this.batch = batch;
        this.spec = spec;
        batch.check(network.input());
    }

    public List<OfLayer> layers() {
        List<OfLayer> differences = new ArrayList<>();
        float[] intoFirst = Activations.values(batch);
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

    public OfPrediction prediction() {
        float[] ofFirst = predict(first);
        float[] ofSecond = predict(second);
        Shape logits = network.output();
        return new OfPrediction(
                between("predict", logits, ofFirst, ofSecond),
                between("predict", logits, ofFirst, oneByOne(first)),
                between("predict", logits, ofSecond, oneByOne(second)));
    }

    /** The gradients of the batch's mean loss, by parameter. */
    public Map<String, Difference> gradients() {
        return byParameter(gradients(first), gradients(second));
    }

    /** The weights of both models as they are now, by parameter. */
    public Map<String, Difference> weights() {
        return byParameter(first.model().weights(), second.model().weights());
    }

    private float[] forward(Side side, NamedLayer spec, float[] input) {
        return Activations.forward(side.engine(), side.model().layers().get(spec.index()), input);
    }

    private float[] oneByOne(Side side) {
        float[] values = new float[0];
        for (Activations.Output output : Activations.of(side.engine(), side.model(), batch)) {
            values = output.values();
        }
        return values;
    }

    private float[] predict(Side side) {
        try (Tensor logits = side.model().predict(batch)) {
            return logits.toArray();
        }
    }

    private Weights gradients(Side side) {
        try (Trainer trainer = side.engine().trainer(side.model(), spec)) {
            return trainer.gradients(batch);
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
