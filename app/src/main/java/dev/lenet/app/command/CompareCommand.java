package dev.lenet.app.command;

import com.google.inject.Module;
import dev.lenet.api.ConfigException;
import dev.lenet.api.engine.EngineOptions;
import dev.lenet.api.engine.EngineProvider;
import dev.lenet.api.engine.Engines;
import dev.lenet.app.config.LoadedConfig;
import dev.lenet.app.console.ComparisonReport;
import dev.lenet.app.usecase.Comparing;
import dev.lenet.app.usecase.EnginePair;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code compare}. */
@Command(
        description = "Runs two engines on the same images and shows, layer by layer, how far apart they are.",
        footer = {"", "The other settings of training are those of config.yaml. No file is written."})
final class CompareCommand extends ConfiguredCommand {
    /** A comparison keeps every loss; a longer one is two runs of `train`. */
    private static final int MOST_STEPS = 1_000_000;

    @Option(
            names = "--engines",
            order = 1,
            paramLabel = "A,B",
            description = "The two engines. May be left out where there are exactly two.")
    @Nullable
    String engines;

    @Option(
            names = "--steps",
            order = 3,
            paramLabel = "N",
            description = "Training steps to compare, 0 for none; otherwise 20.")
    String steps = "20";

    @Option(
            names = "--model",
            order = 2,
            paramLabel = "FILE",
            description =
                    "Compare with the weights of this model, safetensors or ONNX; otherwise with the initial weights of the seed.")
    @Nullable
    Path model;

    @Override
    List<OptionPlace> options() {
        return List.of(
                new OptionPlace(
                        4,
                        "training.batch_size",
                        "Images to compare with, and images a step, {range}. Default: {default}."),
                new OptionPlace(5, "training.learning_rate"),
                new OptionPlace(6, "training.optimizer"));
    }

    /** The option of one engine, which all other commands have: who gives it is told what to do. */
    @Override
    boolean hides(String key) {
        return key.equals("engine");
    }

    @Override
    public Integer call() {
        LoadedConfig loaded = configuration();
        int stepCount = steps();
        List<EngineProvider> pair = pair();
        EngineOptions options = engineOptions(loaded.config());
        Module module = binder ->
                binder.bind(EnginePair.class).toProvider(() -> EnginePair.open(pair.get(0), pair.get(1), options));
        injector(loaded, module).getInstance(Comparing.class).run(model, stepCount, new ComparisonReport(console()));
        return Program.DONE;
    }

    private int steps() {
        try {
            int count = Integer.parseInt(steps.strip());
            if (count >= 0 && count <= MOST_STEPS) {
                return count;
            }
        } catch (NumberFormatException e) {
            // Said below, with the number that is out of range.
        }
        throw new ConfigException("--steps: expected a whole number from 0 to " + MOST_STEPS + ", received '" + steps
                + "'. The default is 20.");
    }

    /** The providers in the order the user named them, or of the only two there are. */
    private List<EngineProvider> pair() {
        List<String> there = Engines.all().stream().map(EngineProvider::name).toList();
        global.settings().stream()
                .filter(setting -> setting.option().equals("--engine"))
                .findFirst()
                .ifPresent(setting -> {
                    throw new ConfigException("compare: expected --engines with two of " + there
                            + ", received --engine '" + setting.value() + "'. Use --engines A,B instead.");
                });
        List<String> named = engines == null ? there : names(engines);
        if (named.size() != 2 || named.get(0).equals(named.get(1))) {
            String received = engines == null ? "none" : "'" + engines + "'";
            throw new ConfigException("--engines: expected two different engines of " + there + ", received " + received
                    + ". Name two, separated by a comma, or put another engine's jar on the class path.");
        }
        return named.stream().map(Engines::named).toList();
    }

    private static List<String> names(String list) {
        return Arrays.stream(list.split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }
}
