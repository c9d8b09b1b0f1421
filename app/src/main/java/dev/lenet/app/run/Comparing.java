package dev.lenet.app.run;

import dev.lenet.api.checkpoint.ModelFile;
import dev.lenet.api.data.Dataset;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.data.Split;
import dev.lenet.api.engine.Model;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Weights;
import dev.lenet.api.training.TrainingSettings;
import dev.lenet.app.config.Config;
import dev.lenet.app.run.Comparison.Courses;
import dev.lenet.app.run.Comparison.Side;
import dev.lenet.app.run.TrainedModels.Preparation;
import jakarta.inject.Inject;
import jakarta.inject.Provider;

/** The {@code compare} command: where, and by how much, two engines part. */
public final class Comparing {
    private final Config config;
    private final TrainedModels models;
    private final Datasets datasets;
    private final Provider<EnginePair> pairs;
    private final Console console;

    @Inject
    Comparing(Config config, TrainedModels models, Datasets datasets, Provider<EnginePair> pairs, Console console) {
        this.config = config;
        this.models = models;
        this.datasets = datasets;
        this.pairs = pairs;
        this.console = console;
    }

    /** What both engines start from. */
    private record Start(Network network, Weights weights, Dataset training, String origin) {}

    /**
     * @param trained whether to start from the configured model file; otherwise from the weights of the seed
     * @param steps of training to compare, 0 for none
     */
    public void run(boolean trained, int steps) {
        Start start = trained ? model() : seed();
        TrainingSettings settings = config.toSettings(steps, 1);
        try (EnginePair engines = pairs.get();
                Model first = engines.first().build(start.network(), start.weights());
                Model second = engines.second().build(start.network(), start.weights())) {
            Comparison comparison = new Comparison(
                    new Side(engines.first(), first), new Side(engines.second(), second), start.training(), settings);
            ComparisonReport report = new ComparisonReport(
                    console, engines.first().describe(), engines.second().describe());
            report.start(
                    start.network(),
                    start.origin(),
                    comparison.images(),
                    config.data().dataset().id());
            compare(comparison, steps, report);
        }
    }

    /** One kind of work after the other; training comes last, as it changes the weights. */
    static void compare(Comparison comparison, int steps, ComparisonReport report) {
        report.layers(comparison.layers());
        report.prediction(comparison.prediction());
        report.gradients(comparison.gradients());
        if (steps > 0) {
            Courses courses = comparison.train();
            report.training(courses);
            if (!courses.diverged()) {
                report.weights(courses.steps(), comparison.weights());
            }
        }
        report.verdict();
    }

    private Start seed() {
        Dataset training = learnt(datasets.training());
        Network network = config.model().network(training.classes());
        return new Start(
                network, Weights.initial(network, config.seed()), training, "initial weights of seed " + config.seed());
    }

    private Start model() {
        ModelFile file = models.read();
        Dataset training = learnt(datasets.training().normalizedBy(models.normalization(file, Preparation.OF_MODEL)));
        return new Start(
                file.network(), file.weights(), training, config.model().file().toString());
    }

    /** Those of the images that `train` would learn from. */
    private Dataset learnt(ImageDataset images) {
        return Split.of(images, config.data().validationSize(), config.seed()).training();
    }
}
