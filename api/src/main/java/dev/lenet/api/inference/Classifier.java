package dev.lenet.api.inference;

import dev.lenet.api.EngineUnavailableException;
import dev.lenet.api.ModelFormatException;
import dev.lenet.api.ShapeException;
import dev.lenet.api.data.ClassNames;
import dev.lenet.api.data.Dataset;
import dev.lenet.api.data.Normalization;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.EngineDescription;
import dev.lenet.api.engine.EngineOptions;
import dev.lenet.api.engine.EngineProvider;
import dev.lenet.api.engine.Engines;
import dev.lenet.api.engine.Lifetime;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Tensor;
import dev.lenet.api.model.ModelFile;
import dev.lenet.api.network.LeNet5;
import dev.lenet.api.network.Network;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A trained model that says what is in images.
 *
 * <pre>{@code
 * try (Classifier classifier = Classifier.open(Path.of("models/lenet5.safetensors"))) {
 *     Classification answer = classifier.classify(pixels);
 *     System.out.println(answer.name() + (answer.doubtful() ? "?" : ""));
 * }
 * }</pre>
 *
 * <p>An image is its raw pixels, 8 bits each, {@code [C, H, W]} row-major and unsigned; the classifier normalises them as the model was
 * trained. A classifier does not change, and any number of threads may use one. {@link #close} waits for those that do; whoever comes
 * later gets an {@link IllegalStateException}.
 */
public final class Classifier implements AutoCloseable {
    /** A JVM has compiled what a prediction runs after as much time, in nanoseconds, or as many of them. */
    private static final long WARM_UP_NANOS = 500_000_000;

    private static final int MOST_WARM_UPS = 2000;

    private final Lifetime lifetime = new Lifetime("Classifier", null);
    private final Engine engine;
    private final boolean ownsEngine;
    private final ModelFile file;
    private final Network network;
    private final ClassNames names;
    /** The normalised value of each of the 256 raw ones. */
    private final float[] values;

    private final Model model;
    private final @Nullable Novelty novelty;
    /** The layers that make the features for the novelty; null where the input itself is the features, or nothing asks for them. */
    private final @Nullable Model features;

    private Classifier(Engine engine, boolean ownsEngine, ModelFile file) {
        this.engine = engine;
        this.ownsEngine = ownsEngine;
        this.file = file;
        this.network = file.network();
        this.values = normalization(file).table();
        if (network.output().rank() != 1) {
            throw new ShapeException("Classifier: expected a network whose output is a vector of logits, received "
                    + network.output() + ". End it with a linear layer.");
        }
        this.names = file.classNames();
        this.novelty = Novelty.of(network, file.facts());
        this.model = engine.build(network, file.weights());
        this.features =
                novelty == null || novelty.layer() == 0 ? null : novelty.features(engine, network, file.weights());
    }

    private static Normalization normalization(ModelFile file) {
        @Nullable Normalization normalization = file.normalization();
        if (normalization == null) {
            throw new ModelFormatException(
                    "Classifier: expected a model that says how its inputs were normalised, received"
                            + " one that does not. Say it with ModelFile.withNormalization.");
        }
        return normalization;
    }

    /**
     * A model on the engine that {@link Engines#best} finds.
     *
     * @param model a model file; one without metadata, saved by PyTorch, may be a {@link LeNet5}
     * @throws ModelFormatException if the file is missing, damaged, or not a model
     * @throws EngineUnavailableException if no engine on the class path can run here
     */
    public static Classifier open(Path model) {
        return open(read(model), Engines.best(EngineOptions.DEFAULT), EngineOptions.DEFAULT);
    }

    /**
     * A model on a named engine.
     *
     * @param model a model file; one without metadata, saved by PyTorch, may be a {@link LeNet5}
     * @throws ModelFormatException if the file is missing, damaged, or not a model
     * @throws EngineUnavailableException if there is no such engine, or it cannot run here
     */
    public static Classifier open(Path model, String engine) {
        return open(read(model), Engines.named(engine), EngineOptions.DEFAULT);
    }

    /**
     * A model on an engine that is opened for it, and closed with the classifier.
     *
     * @throws ModelFormatException if the model does not say how its inputs were normalised
     * @throws ShapeException if the network's output is not a vector of logits
     * @throws EngineUnavailableException if the engine cannot run here
     */
    public static Classifier open(ModelFile model, EngineProvider provider, EngineOptions options) {
        Engine engine = provider.open(options);
        try {
            return new Classifier(engine, true, model);
        } catch (RuntimeException | Error e) {
            engine.close();
            throw e;
        }
    }

    /**
     * A model on an engine that is open already. It stays open when the classifier is closed.
     *
     * @throws ModelFormatException if the model does not say how its inputs were normalised
     * @throws ShapeException if the network's output is not a vector of logits
     */
    public static Classifier on(Engine engine, ModelFile model) {
        return new Classifier(engine, false, model);
    }

    private static ModelFile read(Path model) {
        return ModelFile.read(model, List.of(LeNet5.network(2), LeNet5.network(0)));
    }

    /** The model as it was given. */
    public ModelFile model() {
        return file;
    }

    /** The names of the classes, in order. */
    public ClassNames classNames() {
        return names;
    }

    /** The engine it runs on. */
    public EngineDescription engine() {
        return engine.describe();
    }

    /**
     * What the model says of one image.
     *
     * @param pixels {@code [C, H, W]}, row-major, unsigned
     * @throws ShapeException if the network takes another number of them
     * @throws ModelFormatException if the answer is not a finite number
     * @throws IllegalStateException if the classifier is closed
     */
    public Classification classify(byte[] pixels) {
        return classify(List.of(pixels)).get(0);
    }

    /**
     * What the model says of each of many images, in their order. They run in batches.
     *
     * @param images each as in {@link #classify(byte[])}
     * @throws ShapeException if the network takes another number of pixels
     * @throws ModelFormatException if an answer is not a finite number
     * @throws IllegalStateException if the classifier is closed
     */
    public List<Classification> classify(List<byte[]> images) {
        return lifetime.use(() -> {
            List<Classification> answers = new ArrayList<>(images.size());
            for (int from = 0; from < images.size(); from += Outputs.BATCH_SIZE) {
                classify(images.subList(from, Math.min(images.size(), from + Outputs.BATCH_SIZE)), answers);
            }
            return answers;
        });
    }

    private void classify(List<byte[]> images, List<Classification> answers) {
        float[] inputs = normalized(images);
        try (Tensor tensor = engine.tensor(network.input().batchOf(images.size()), inputs)) {
            float[] logits = predict(model, tensor);
            @Nullable Novelty known = novelty;
            float[] seen = known == null || features == null ? inputs : predict(features, tensor);
            for (int i = 0; i < images.size(); i++) {
                float[] row = row(logits, i, images.size());
                checkFinite(row);
                answers.add(Classification.of(
                        names, row, known == null ? null : known.of(row(seen, i, images.size()), row)));
            }
        }
    }

    /**
     * The logits of one image: what the network puts out, and nothing else is computed.
     *
     * @param pixels as in {@link #classify(byte[])}
     * @throws ShapeException if the network takes another number of them
     * @throws IllegalStateException if the classifier is closed
     */
    public float[] logits(byte[] pixels) {
        return lifetime.use(() -> {
            try (Tensor tensor = engine.tensor(network.input().batchOf(1), normalized(List.of(pixels)))) {
                return predict(model, tensor);
            }
        });
    }

    /**
     * What each layer makes of one image.
     *
     * @param pixels as in {@link #classify(byte[])}
     * @throws ShapeException if the network takes another number of them
     * @throws IllegalStateException if the classifier is closed
     */
    public List<Activations.Output> activations(byte[] pixels) {
        return lifetime.use(() -> {
            List<Activations.Output> outputs = new ArrayList<>();
            Activations.of(engine, model, normalized(List.of(pixels))).forEach(outputs::add);
            return List.copyOf(outputs);
        });
    }

    /**
     * What the model says of every example of a data set, which is normalised already.
     *
     * @throws ShapeException if the examples have another shape, or other classes
     * @throws IllegalStateException if the classifier is closed
     */
    public Predictions predictions(Dataset dataset) {
        return lifetime.use(() -> Predictions.of(model, dataset));
    }

    /**
     * Classifies black images until it is as fast as it will be, half a second at most: the first answers of a JVM are slow.
     *
     * @return this classifier
     * @throws IllegalStateException if it is closed
     */
    public Classifier warmUp() {
        byte[] black = new byte[network.input().size()];
        long end = System.nanoTime() + WARM_UP_NANOS;
        for (int i = 0; i < MOST_WARM_UPS && System.nanoTime() < end; i++) {
            classify(black);
        }
        return this;
    }

    private float[] normalized(List<byte[]> images) {
        int size = network.input().size();
        float[] inputs = new float[images.size() * size];
        for (int i = 0; i < images.size(); i++) {
            byte[] pixels = images.get(i);
            if (pixels.length != size) {
                throw new ShapeException("Image: expected the " + size + " pixels of " + network.input() + ", received "
                        + pixels.length + ". Scale it to the network's input first.");
            }
            for (int k = 0; k < size; k++) {
                inputs[i * size + k] = values[pixels[k] & 0xFF];
            }
        }
        return inputs;
    }

    private static float[] predict(Model model, Tensor tensor) {
        try (Tensor output = model.predict(tensor)) {
            return output.toArray();
        }
    }

    /** Row i of {@code [rows, width]}. */
    private static float[] row(float[] values, int i, int rows) {
        int width = values.length / rows;
        return Arrays.copyOfRange(values, i * width, (i + 1) * width);
    }

    /** Weights may be finite and yet too large. */
    private static void checkFinite(float[] logits) {
        for (float logit : logits) {
            if (!Float.isFinite(logit)) {
                throw new ModelFormatException("Model: expected finite outputs, received " + logit
                        + ". Its weights are too large to compute with: train it again with a lower learning rate.");
            }
        }
    }

    /** Waits for all threads that use it, then frees the model, and the engine if it was opened for it. */
    @Override
    public void close() {
        lifetime.close(() -> {
            if (features != null) {
                features.close();
            }
            model.close();
            if (ownsEngine) {
                engine.close();
            }
        });
    }
}
