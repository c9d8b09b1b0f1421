package dev.lenet.app.usecase;

import dev.lenet.api.Shape;
import dev.lenet.api.data.Normalization;
import dev.lenet.api.model.AtomicFile;
import dev.lenet.api.model.ModelFile;
import dev.lenet.api.network.LeNet5;
import dev.lenet.app.config.Config;
import dev.lenet.app.config.LoadedConfig;
import dev.lenet.app.config.NetworkKind;
import dev.lenet.interop.ModelFiles;
import dev.lenet.interop.Onnx;
import dev.lenet.interop.StateDict;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The {@code import} command. */
public final class Importing {
    private static final Shape DIGITS = Shape.of(1, 28, 28);

    private final LoadedConfig loaded;
    private final Installation installation;

    /** Hears what was read. */
    public interface Events {
        /**
         * @param notes what was not as it is here, or had to be assumed; sentences
         * @param output as users see it
         */
        void imported(Path file, ModelFile model, List<String> notes, Path output);
    }

    @Inject
    Importing(LoadedConfig loaded, Installation installation) {
        this.loaded = loaded;
        this.installation = installation;
    }

    /** Reads an ONNX file or a state_dict of another program, and writes what is in it as a model of ours. */
    public void run(Path file, Path output, Events events) {
        Path target = installation.place(output);
        AtomicFile.check(target);
        Path source = installation.place(file);
        List<String> notes = new ArrayList<>();
        ModelFile read;
        if (ModelFiles.isOnnx(source)) {
            read = Onnx.read(source);
        } else {
            StateDict weights = StateDict.read(source, candidates());
            read = weights.model();
            notes.addAll(weights.notes());
            if (LeNet5.is(read.network()) && !weights.notes().isEmpty() && !loaded.isGiven("model.network")) {
                notes.add(
                        "Weights do not say which activations lie between them: taken as rectifiers with max-pooling, as in"
                                + " --network lenet5; --network lenet5-tanh has hyperbolic tangents with average pooling.");
            }
        }
        ModelFile model = normalized(read, notes, ModelFiles.isOnnx(source));
        model.write(target);
        events.imported(file, model, notes, output);
    }

    /** The network that was asked for, or those that tensors tell apart. */
    private List<StateDict.Candidate> candidates() {
        boolean isPadded = loaded.isGiven("model.padding");
        NetworkKind network = loaded.config().model().network();
        if (loaded.isGiven("model.layers")
                || isPadded
                || network == NetworkKind.MLP
                || network == NetworkKind.RESNET8) {
            Config config = loaded.config();
            // Weights do not tell the size of images.
            Shape input = config.data().knownShape().orElse(DIGITS);
            return List.of(new StateDict.Candidate(
                    "the configured network", classes -> config.model().network(input, classes)));
        }
        return network == NetworkKind.LENET5_TANH ? StateDict.tanhNetworks() : StateDict.networks();
    }

    /** What the command line says counts more than the file; weights alone say nothing, and most were made for MNIST. */
    private ModelFile normalized(ModelFile model, List<String> notes, boolean isOnnx) {
        Normalization own = model.normalization();
        Normalization configured = loaded.config().data().normalization();
        boolean isGiven = loaded.isGivenByOption("data.mean") || loaded.isGivenByOption("data.std");
        if (own != null && isGiven) {
            return model.withNormalization(new Normalization(
                    loaded.isGivenByOption("data.mean") ? configured.mean() : own.mean(),
                    loaded.isGivenByOption("data.std") ? configured.std() : own.std()));
        }
        if (own != null || (isOnnx && !isGiven)) {
            return model;
        }
        if (!isGiven) {
            notes.add("Weights do not say how pixels become inputs: taken as (pixel / 255 - " + configured.mean()
                    + ") / " + configured.std() + ", which --mean and --std change.");
        }
        return model.withNormalization(configured);
    }
}
