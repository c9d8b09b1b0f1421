package dev.lenet.api.inference;

import dev.lenet.api.Shape;
import dev.lenet.api.ShapeException;
import dev.lenet.api.data.Batch;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.Layer;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Tensor;
import dev.lenet.api.network.Network.NamedLayer;
import java.util.Iterator;

/**
 * The layers of a model, run one by one on the same examples. Each is given what the one before it put out.
 *
 * <p>A layer runs when the iteration comes to it, so that whoever has seen enough pays for no more. The whole network at once, which
 * an engine may fuse, is {@link Model#predict}.
 */
public final class Activations implements Iterable<Activations.Output> {
    private final Engine engine;
    private final Model model;
    private final float[] inputs;

    /**
     * What a layer puts out.
     *
     * @param values of all examples, {@code [N, ...layer().output()]}, row-major; not copied
     */
    public record Output(NamedLayer layer, float[] values) {}

    private Activations(Engine engine, Model model, float[] inputs) {
        this.engine = engine;
        this.model = model;
        this.inputs = inputs;
    }

    /**
     * @param model of this engine
     * @param inputs {@code [N, ...model.network().input()]}, row-major and normalised; not copied
     * @throws ShapeException if it is not a whole number of examples, one at least
     */
    public static Activations of(Engine engine, Model model, float[] inputs) {
        checkWhole(model.network().input(), inputs);
        return new Activations(engine, model, inputs);
    }

    private static void checkWhole(Shape input, float[] inputs) {
        if (inputs.length == 0 || inputs.length % input.size() != 0) {
            throw new ShapeException("Activations: expected examples of shape " + input + ", a multiple of "
                    + input.size() + " values, received " + inputs.length + ". Give whole examples.");
        }
    }

    /**
     * @param model of this engine
     * @throws ShapeException if the examples have another shape than the network takes
     */
    public static Activations of(Engine engine, Model model, Batch batch) {
        batch.check(model.network().input());
        return new Activations(engine, model, values(batch));
    }

    /** The values of a batch, {@code [batch.size(), ...exampleShape]}, row-major and normalised. */
    public static float[] values(Batch batch) {
        int size = batch.dataset().exampleShape().size();
        float[] values = new float[batch.size() * size];
        for (int i = 0; i < batch.size(); i++) {
            batch.read(i, values, i * size);
        }
        return values;
    }

    /**
     * What one layer puts out.
     *
     * @param layer of a model of this engine
     * @param inputs {@code [N, ...layer.spec().input()]}, row-major
     * @return {@code [N, ...layer.spec().output()]}, row-major
     * @throws ShapeException if it is not a whole number of examples, one at least
     */
    public static float[] forward(Engine engine, Layer layer, float[] inputs) {
        checkWhole(layer.spec().input(), inputs);
        int examples = inputs.length / layer.spec().input().size();
        try (Tensor in = engine.tensor(layer.spec().input().batchOf(examples), inputs);
                Tensor out = layer.forward(in)) {
            return out.toArray();
        }
    }

    /** Runs the layers anew, in order, each when it is asked for. */
    @Override
    public Iterator<Output> iterator() {
        Iterator<Layer> layers = model.layers().iterator();
        return new Iterator<>() {
            private float[] values = inputs;

            @Override
            public boolean hasNext() {
                return layers.hasNext();
            }

            @Override
            public Output next() {
                Layer layer = layers.next();
                values = forward(engine, layer, values);
                return new Output(layer.spec(), values);
            }
        };
    }
}
