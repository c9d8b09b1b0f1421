package dev.lenet.app.run;

import dev.lenet.api.ModelFormatException;
import dev.lenet.api.data.ClassNames;
import dev.lenet.api.data.Normalization;
import dev.lenet.api.model.ModelFile;
import dev.lenet.api.network.LeNet5;
import dev.lenet.api.network.Network;
import dev.lenet.app.config.Config;
import dev.lenet.datasets.DatasetKind;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds and reads trained models, and settles how their inputs are prepared. */
public final class TrainedModels {
    private final Config config;
    private final Installation installation;

    @Inject
    TrainedModels(Config config, Installation installation) {
        this.config = config;
        this.installation = installation;
    }

    /**
     * Which parts of the normalisation the user gave on the command line. What the model itself says otherwise counts
     * more than the configuration, which is about training.
     */
    public record Preparation(boolean mean, boolean std) {
        /** All as the model says. */
        public static final Preparation OF_MODEL = new Preparation(false, false);
    }

    /** The configured model file. A file without metadata may be a LeNet-5 of any padding. */
    ModelFile read() {
        Path file = installation.locate(config.model().file());
        Network configured = LeNet5.network(config.model().padding());
        ModelFile model = ModelFile.read(file, List.of(configured, LeNet5.network(2), LeNet5.network(0)));
        if (!model.network().input().equals(configured.input())) {
            throw new ModelFormatException(file + ": expected a network for images of shape " + configured.input()
                    + ", received one for " + model.network().input() + ". Use a model of handwritten digits.");
        }
        return model;
    }

    /** What the model's classes are called: the names it carries, or those of the data set it names, or numbers. */
    ClassNames classNames(ModelFile model) {
        ClassNames own = model.classNames();
        return dataset(model)
                .flatMap(DatasetKind::classNames)
                .filter(names -> own.numbered() && names.count() == own.count())
                .orElse(own);
    }

    private static Optional<DatasetKind> dataset(ModelFile model) {
        return DatasetKind.of(model.facts().getOrDefault("dataset", ""));
    }

    /** Whether the model was trained on characters, so that pictures have to be made like MNIST's; if nobody says, it was. */
    boolean readsCharacters(ModelFile model) {
        return dataset(model).map(DatasetKind::characters).orElse(true);
    }

    /** The model as a classifier takes it: with a normalisation and class names, its own as far as it has them. */
    ModelFile prepared(ModelFile model) {
        return model.withNormalization(normalization(model, Preparation.OF_MODEL))
                .withClassNames(classNames(model));
    }

    Normalization normalization(ModelFile model, Preparation preparation) {
        Normalization configured = config.data().normalization();
        Normalization own = model.normalization();
        if (own == null) {
            return configured;
        }
        return new Normalization(
                preparation.mean() ? configured.mean() : own.mean(), preparation.std() ? configured.std() : own.std());
    }
}
