package dev.lenet.app.usecase;

import dev.lenet.api.ConfigException;
import dev.lenet.api.ModelFormatException;
import dev.lenet.api.Shape;
import dev.lenet.api.data.ClassNames;
import dev.lenet.api.data.LabelCodes;
import dev.lenet.api.data.Normalization;
import dev.lenet.api.model.ModelFile;
import dev.lenet.api.network.LeNet5;
import dev.lenet.api.network.Network;
import dev.lenet.app.config.Config;
import dev.lenet.app.config.LoadedConfig;
import dev.lenet.app.storage.RunDirectory;
import dev.lenet.app.storage.Runs;
import dev.lenet.app.usecase.Notices.Origin;
import dev.lenet.datasets.DatasetKind;
import dev.lenet.interop.ModelFiles;
import dev.lenet.vision.Preparation;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds and reads trained models, and settles how their inputs are prepared. */
public final class TrainedModels {
    /** Of a configured network that is only compared with others; any number will do. */
    private static final int CLASSES = 10;

    /** The model that comes with the program. */
    static final Path SHIPPED = Path.of("models", "lenet5.safetensors");

    private final LoadedConfig loaded;
    private final Config config;
    private final Installation installation;
    private final Runs runs;
    private final Notices notices;

    @Inject
    TrainedModels(LoadedConfig loaded, Installation installation, Runs runs, Notices notices) {
        this.loaded = loaded;
        this.config = loaded.config();
        this.installation = installation;
        this.runs = runs;
        this.notices = notices;
    }

    /**
     * The model that was named; else the one of {@code model.file}; else that of the newest run that got to its end, on the
     * configured data set if one is configured; else the one that came with the program.
     *
     * @throws ConfigException if there is no such run, or it has not got to its end
     * @throws ModelFormatException if it cannot be read, or takes other images than there are
     */
    TrainedModel find(ModelChoice choice) {
        TrainedModel model = findAny(choice);
        Shape input = model.file().network().input();
        if (input.rank() != 3 || (input.dimension(0) != 1 && input.dimension(0) != 3)) {
            throw new ModelFormatException(
                    installation.locate(model.path()) + ": expected a network for images of 1 or 3 channels, received"
                            + " one for " + input + ". Use a model of grey or coloured images.");
        }
        return model;
    }

    /** The same, whatever images it takes: for what gives it none. */
    TrainedModel findAny(ModelChoice choice) {
        if (choice.run() != null) {
            return of(runs.find(choice.run()));
        }
        Optional<Path> named =
                Optional.ofNullable(choice.file()).or(() -> config.model().file());
        if (named.isPresent()) {
            return new TrainedModel(read(named.get()), named.get(), null);
        }
        DatasetKind dataset = config.data().dataset();
        return runs.latestFinished(loaded.isGiven("data.dataset") ? Optional.of(dataset.id()) : Optional.empty())
                .map(run -> told(of(run), Origin.NEWEST_RUN))
                .orElseGet(() -> told(new TrainedModel(read(SHIPPED), SHIPPED, null), Origin.SHIPPED));
    }

    private TrainedModel of(RunDirectory run) {
        run.checkHasResults();
        return new TrainedModel(read(run.shownModel()), run.shownModel(), run);
    }

    private TrainedModel told(TrainedModel model, Origin origin) {
        notices.modelChosen(model.path(), origin);
        return model;
    }

    /** Of any kind; a file without metadata may be the configured network, or a LeNet-5 of any padding. */
    private ModelFile read(Path path) {
        List<Network> candidates = new ArrayList<>(List.of(LeNet5.network(2), LeNet5.network(0)));
        // One that does not fit its images is no candidate; training says why.
        config.data()
                .knownShape()
                .ifPresent(shape -> candidates.add(0, config.model().network(shape, CLASSES)));
        return ModelFiles.read(installation.locate(path), candidates);
    }

    /** What the model's classes are called: the names it carries, or those of the data set it names, or numbers. */
    ClassNames classNames(ModelFile model) {
        ClassNames own = model.classNames();
        return dataset(model)
                .flatMap(DatasetKind::classNames)
                .filter(names -> own.numbered() && names.count() == own.count())
                .orElse(own);
    }

    /**
     * The numbers that stand for the model's classes in label files.
     *
     * @throws ModelFormatException if that is not known
     */
    LabelCodes labelCodes(ModelFile model) {
        boolean ofLabelFiles = dataset(model).filter(DatasetKind.IDX::equals).isPresent();
        if (ofLabelFiles && !model.hasLabelCodes() && !model.classNames().numbered()) {
            throw new ModelFormatException(
                    "Model: expected label_codes, the numbers that stand for its classes in label"
                            + " files, received a model without them, which an older version made. Train it again.");
        }
        return model.labelCodes();
    }

    private static Optional<DatasetKind> dataset(ModelFile model) {
        return DatasetKind.of(model.facts().getOrDefault("dataset", ""));
    }

    /**
     * How pictures become its images: as its file says; else as its data set's were made by versions that did not write it down; else
     * as digits if it takes grey images, and cropped if coloured ones.
     */
    Preparation preparation(ModelFile model) {
        return Preparation.of(model.facts().getOrDefault(Preparation.FACT, ""))
                .or(() -> dataset(model).map(kind -> kind.characters() ? Preparation.MNIST : Preparation.STRETCHED))
                .orElse(model.network().input().dimension(0) == 1 ? Preparation.MNIST : Preparation.CROPPED);
    }

    /** Whether the model was trained on characters, so that pictures are made like MNIST's. */
    boolean readsCharacters(ModelFile model) {
        return preparation(model) == Preparation.MNIST;
    }

    /** The model as a classifier takes it: with a normalisation and class names, its own as far as it has them. */
    ModelFile prepared(ModelFile model) {
        return model.withNormalization(normalization(model)).withClassNames(classNames(model));
    }

    /**
     * How its inputs are prepared. What the model itself says counts more than a file, which is about training, and less than the
     * command line.
     */
    Normalization normalization(ModelFile model) {
        Normalization configured = config.data().normalization();
        Normalization own = model.normalization();
        if (own == null) {
            return configured;
        }
        return new Normalization(
                loaded.isGivenByOption("data.mean") ? configured.mean() : own.mean(),
                loaded.isGivenByOption("data.std") ? configured.std() : own.std());
    }
}
