package dev.lenet.app.usecase;

import dev.lenet.api.data.Batch;
import dev.lenet.api.data.Dataset;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.engine.EngineDescription;
import dev.lenet.api.engine.Model;
import dev.lenet.api.inference.Difference;
import dev.lenet.api.inference.EngineComparison;
import dev.lenet.api.inference.EngineComparison.OfLayer;
import dev.lenet.api.inference.EngineComparison.OfPrediction;
import dev.lenet.api.inference.EngineComparison.Side;
import dev.lenet.api.model.ModelFile;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Weights;
import dev.lenet.api.training.TrainingComparison;
import dev.lenet.api.training.TrainingComparison.Losses;
import dev.lenet.api.training.TrainingSettings;
import dev.lenet.app.config.Config;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The {@code compare} command: where, and by how much, two engines part. */
public final class Comparing {
    private final Config config;
    private final TrainedModels models;
    private final Datasets datasets;
    private final Provider<EnginePair> pairs;

    @Inject
    Comparing(Config config, TrainedModels models, Datasets datasets, Provider<EnginePair> pairs) {
        this.config = config;
        this.models = models;
        this.datasets = datasets;
        this.pairs = pairs;
    }

    /** Hears how far two engines are apart, in this order. */
    public interface Events {
        /**
         * @param weights where they come from
         * @param images how many everything before the training is compared on
         */
        void start(
                EngineDescription first,
                EngineDescription second,
                Network network,
                String weights,
                int images,
                String dataset);

        void layers(List<OfLayer> layers);

        void prediction(OfPrediction prediction);

        /** By the names of the parameters. */
        void gradients(Map<String, Difference> gradients);

        void training(TrainingComparison training);

        /** The weights after {@code steps} steps, by the names of the parameters. */
        void weights(int steps, Map<String, Difference> weights);

        void ended();
    }

    /** What both engines start from. */
    private record Start(Network network, Weights weights, Dataset training, String origin) {}

    /**
     * @param model the file of the model to start from; null for the weights of the seed
     * @param steps of training to compare, 0 for none
     */
    public void run(@Nullable Path model, int steps, Events events) {
        Start start = model == null ? seed() : trained(model);
        TrainingSettings settings = config.toSettings(steps, 1);
        try (EnginePair engines = pairs.get();
                Model first = engines.first().build(start.network(), start.weights());
                Model second = engines.second().build(start.network(), start.weights())) {
            events.start(
                    engines.first().describe(),
                    engines.second().describe(),
                    start.network(),
                    start.origin(),
                    firstBatch(start.training(), settings).size(),
                    config.data().dataset().id());
            compare(
                    new Side(engines.first(), first),
                    new Side(engines.second(), second),
                    start.training(),
                    settings,
                    events);
        }
    }

    /** The batch that training takes first: a shuffled sample of the images. */
    public static Batch firstBatch(Dataset training, TrainingSettings settings) {
        int size = Math.min(settings.batchSize(), training.size());
        return new Batch(training, settings.order(training.size(), 1), 0, size);
    }

    /**
     * One kind of work after the other; training comes last, as it changes the weights.
     *
     * @param settings of the training; their limit of steps is how many are compared, 0 for none
     */
    public static void compare(Side first, Side second, Dataset images, TrainingSettings settings, Events events) {
        EngineComparison comparison =
                new EngineComparison(first, second, firstBatch(images, settings), settings.spec());
        events.layers(comparison.layers());
        events.prediction(comparison.prediction());
        events.gradients(comparison.gradients());
        if (settings.maxSteps() > 0) {
            TrainingComparison training = new TrainingComparison(
                    Losses.of(first.engine(), first.model(), images, settings),
                    Losses.of(second.engine(), second.model(), images, settings));
            events.training(training);
            if (!training.diverged()) {
                events.weights(training.steps(), comparison.weights());
            }
        }
        events.ended();
    }

    private Start seed() {
        Dataset training = learnt(datasets.training());
        Network network = config.model().network(training.exampleShape(), training.classes());
        return new Start(
                network, Weights.initial(network, config.seed()), training, "initial weights of seed " + config.seed());
    }

    private Start trained(Path model) {
        ModelFile file = models.find(new ModelChoice(null, model)).file();
        Dataset training = learnt(datasets.training(file.network().input()).normalizedBy(models.normalization(file)));
        return new Start(file.network(), file.weights(), training, model.toString());
    }

    /** Those of the images that `train` would learn from. */
    private Dataset learnt(ImageDataset images) {
        return datasets.split(images).training();
    }
}
