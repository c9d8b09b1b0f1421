package dev.lenet.app.usecase;

import dev.lenet.api.Shape;
import dev.lenet.api.data.ClassNames;
import dev.lenet.api.model.ModelFile;
import dev.lenet.api.network.Network;
import dev.lenet.app.config.Config;
import dev.lenet.app.config.LoadedConfig;
import jakarta.inject.Inject;
import java.nio.file.Path;

/** The {@code describe} command. */
public final class Describing {
    /** Of a data set that tells only when it is read. */
    private static final int USUAL_CLASSES = 10;

    private static final Shape USUAL_SHAPE = Shape.of(1, 28, 28);

    private final Config config;
    private final TrainedModels models;

    /** Hears what there is. */
    public interface Events {
        /** The network that a training would train. */
        void network(Network network);

        /** @param path of its file, as users see it */
        void model(Path path, ModelFile file, ClassNames names);
    }

    @Inject
    Describing(LoadedConfig loaded, TrainedModels models) {
        this.config = loaded.config();
        this.models = models;
    }

    /** Describes a model that was named, or else the configured network. No data and no engine are needed. */
    public void run(ModelChoice choice, Events events) {
        if (choice.equals(ModelChoice.NONE)) {
            int classes =
                    config.data().dataset().classNames().map(ClassNames::count).orElse(USUAL_CLASSES);
            events.network(config.model().network(config.data().knownShape().orElse(USUAL_SHAPE), classes));
            return;
        }
        TrainedModel trained = models.findAny(choice);
        events.model(trained.path(), trained.file(), models.classNames(trained.file()));
    }
}
