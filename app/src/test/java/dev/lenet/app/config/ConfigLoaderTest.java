package dev.lenet.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.lenet.api.Shape;
import dev.lenet.api.data.Normalization;
import dev.lenet.api.engine.Device;
import dev.lenet.api.engine.Optimizer;
import dev.lenet.api.training.Schedule;
import dev.lenet.datasets.DatasetKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Settings are the defaults, a file over them, and the command line over both")
class ConfigLoaderTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    @DisplayName("Without a file and options every setting has its default")
    void defaults() {
        Config config = load().config();

        assertThat(config)
                .isEqualTo(new Config(
                        "native",
                        Device.AUTO,
                        0,
                        42,
                        Map.of("native.simd", "auto", "djl.replicas", "1"),
                        new DataConfig(
                                DatasetKind.MNIST,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                5000),
                        new TrainingConfig(
                                10,
                                32,
                                Optional.empty(),
                                ScheduleKind.ONE_CYCLE,
                                0.7,
                                0.3,
                                3,
                                0.3,
                                0,
                                OptimizerKind.SGD,
                                0.9,
                                Optional.empty(),
                                0.9,
                                0.999,
                                1e-8,
                                0,
                                0,
                                4,
                                0,
                                false,
                                0,
                                0.999,
                                true,
                                0,
                                0,
                                0,
                                0,
                                0),
                        new AugmentationConfig(2, 10, 0.1, 0.1, 0.1, 0, 4, 0, 0, 1),
                        new SurfaceConfig(0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1),
                        new ModelConfig(Optional.empty(), NetworkKind.LENET5, Optional.empty(), 2, 0)));
        assertThat(load().entries()).hasSize(75).allSatisfy(entry -> assertThat(entry.origin())
                .isEqualTo("default"));
    }

    @Test
    @DisplayName("config.yaml in the working directory replaces the keys it names, and no other")
    void fileOverlaysDefaults() throws IOException {
        Files.writeString(folder.resolve("config.yaml"), """
                # mine
                engine: djl

                training:
                  epochs: 3
                  learning_rate: 2e-2
                """);

        LoadedConfig loaded = load();

        assertThat(loaded.config().engine()).isEqualTo("djl");
        assertThat(loaded.config().training().epochs()).isEqualTo(3);
        assertThat(loaded.config().training().rate()).isEqualTo(0.02);
        assertThat(loaded.config().training().batchSize()).isEqualTo(32);
        assertThat(origins(loaded))
                .contains(
                        entry("engine", "djl from config.yaml:2"),
                        entry("training.epochs", "3 from config.yaml:5"),
                        entry("training.learning_rate", "2e-2 from config.yaml:6"),
                        entry("training.batch_size", "32 from default"));
    }

    @Test
    @DisplayName("A file named by --config stands in for config.yaml, relative to the working directory")
    void explicitFileReplacesTheUsualOne() throws IOException {
        Files.writeString(folder.resolve("config.yaml"), "seed: 1\nthreads: 3\n");
        Files.writeString(folder.resolve("other.yaml"), "seed: 2\n");

        LoadedConfig loaded = ConfigLoader.load(Path.of("other.yaml"), folder, List.of());

        assertThat(loaded.config().seed()).isEqualTo(2);
        assertThat(loaded.config().threads()).isZero();
        assertThat(origins(loaded)).contains(entry("seed", "2 from other.yaml:1"));
    }

    @Test
    @DisplayName("The command line wins over the file, and the later of two options over the earlier")
    void optionsWin() throws IOException {
        Files.writeString(folder.resolve("config.yaml"), "training: {learning_rate: 0.5, optimizer: adamw}\n");

        LoadedConfig loaded = load(
                new Setting("training.learning_rate", "--lr", "0.25"),
                new Setting("training.learning_rate", "--lr", "5e-2"),
                new Setting("training.optimizer", "--optimizer", "sgd"),
                new Setting("training.shuffle", "--no-shuffle", "false"));

        assertThat(loaded.config().training().rate()).isEqualTo(0.05);
        assertThat(loaded.config().training().shuffle()).isFalse();
        assertThat(loaded.config().training().toOptimizer()).isEqualTo(new Optimizer.Sgd(0.9, 0.0005));
        assertThat(origins(loaded))
                .contains(
                        entry("training.learning_rate", "5e-2 from --lr"),
                        entry("training.optimizer", "sgd from --optimizer"));
    }

    @Test
    @DisplayName("Every key can be set in a file, and entries come in the order of config.yaml")
    void everyKey() throws IOException {
        Files.writeString(folder.resolve("config.yaml"), """
                model: {padding: 0, dropout: 0.25, file: m.safetensors}
                augmentation: {threads: 2, plain_epochs: 6, elastic_sigma: 5, flip: 0.5, elastic: 3, aspect: 0.1, shear: 0.2, scale: 0.3, rotation: 40, shift: 1}
                surface:
                  specks: 0.1
                  specks_strength: 0.11
                  noise: 0.2
                  noise_strength: 0.22
                  motion: 0.3
                  motion_strength: 0.33
                  blur: 0.4
                  blur_strength: 0.44
                  shadow: 0.5
                  shadow_strength: 0.55
                  tone: 0.6
                  tone_strength: 0.66
                  bands: 0.7
                  bands_strength: 0.77
                  scribble: 0.8
                  scribble_strength: 0.88
                  edges: 0.9
                  edges_strength: 0.99
                  thickness: 1
                  thickness_strength: 0.01
                training:
                  average_decay: 0.99
                  clip_norm: 1.5
                  label_smoothing: 0.1
                  teachers: 3
                  temperature: 2
                  outliers: 0.125
                  calibrate: true
                  cosine_floor: 0.125
                  step_decay: 0.5
                  step_epochs: 2
                  warm_up: 0.2
                  schedule: step
                  log_every: 7
                  checkpoint_every: 500
                  min_delta: 0.001
                  patience: 3
                  max_steps: 9000000000
                  shuffle: false
                  epsilon: 1e-7
                  beta2: 0.99
                  beta1: 0.8
                  weight_decay: 0.01
                  momentum: 0.9
                  optimizer: adamw
                  cooldown: 0.25
                  learning_rate: 1
                  batch_size: 64
                  epochs: 2
                data: {validation_size: 0, std: 0.5, mean: 0, directory: 'my data', dataset: fashion-mnist,
                  shape: [3, 20, 24]}
                seed: -9223372036854775808
                threads: 0x10
                native: {simd: 256}
                djl: {replicas: 2}
                device: cuda:1
                engine: "djl"
                """);

        LoadedConfig loaded = load();

        assertThat(loaded.config())
                .isEqualTo(new Config(
                        "djl",
                        new Device(Device.Kind.CUDA, 1),
                        16,
                        Long.MIN_VALUE,
                        Map.of("native.simd", "256", "djl.replicas", "2"),
                        new DataConfig(
                                DatasetKind.FASHION_MNIST,
                                Optional.of(Path.of("my data")),
                                Optional.of(Shape.of(3, 20, 24)),
                                Optional.of(0.0),
                                Optional.of(0.5),
                                0),
                        new TrainingConfig(
                                2,
                                64,
                                Optional.of(1.0),
                                ScheduleKind.STEP,
                                0.25,
                                0.2,
                                2,
                                0.5,
                                0.125,
                                OptimizerKind.ADAMW,
                                0.9,
                                Optional.of(0.01),
                                0.8,
                                0.99,
                                1e-7,
                                0.1,
                                3,
                                2,
                                0.125,
                                true,
                                1.5,
                                0.99,
                                false,
                                9_000_000_000L,
                                3,
                                0.001,
                                7,
                                500),
                        new AugmentationConfig(1, 40, 0.3, 0.2, 0.1, 3, 5, 0.5, 6, 2),
                        new SurfaceConfig(
                                1, 0.01, 0.9, 0.99, 0.8, 0.88, 0.7, 0.77, 0.6, 0.66, 0.5, 0.55, 0.4, 0.44, 0.3, 0.33,
                                0.2, 0.22, 0.1, 0.11),
                        new ModelConfig(
                                Optional.of(Path.of("m.safetensors")), NetworkKind.LENET5, Optional.empty(), 0, 0.25)));
        assertThat(loaded.entries().stream().map(LoadedConfig.Entry::key))
                .startsWith("engine", "device", "threads", "seed", "native.simd", "djl.replicas", "data.dataset")
                .endsWith("model.padding", "model.dropout");
        assertThat(loaded.config().data().normalization()).isEqualTo(new Normalization(0, 0.5));
    }

    @Test
    @DisplayName("It is known of each setting whether the command line gave it")
    void givenByOption() throws IOException {
        Files.writeString(folder.resolve("config.yaml"), "data: {std: 0.5}\n");

        LoadedConfig loaded = load(new Setting("data.mean", "--mean", "0.25"));

        assertThat(loaded.isGivenByOption("data.mean")).isTrue();
        assertThat(loaded.isGivenByOption("data.std")).as("from the file").isFalse();
        assertThat(loaded.isGivenByOption("seed")).as("the default").isFalse();
    }

    @Test
    @DisplayName("What is written as a file of all settings is read as the same settings")
    void yamlReadsBack() throws IOException {
        String odd = "a \"b\" \\\\c: #d \u00fc\uD83D\uDE00\t.safetensors";
        LoadedConfig loaded = load(
                new Setting("model.file", "--output", odd),
                new Setting("data.directory", "--x", "2024"),
                new Setting("native.simd", "--x", "256"),
                new Setting("training.learning_rate", "--lr", "1e-3"),
                new Setting("training.shuffle", "--no-shuffle", "false"));
        Files.writeString(folder.resolve("config.yaml"), loaded.yaml());

        LoadedConfig read = load();

        assertThat(read.config()).isEqualTo(loaded.config());
        assertThat(read.config().model().file()).contains(Path.of(odd));
        assertThat(read.entries())
                .allSatisfy(entry -> assertThat(entry.origin()).startsWith("config.yaml:"));
    }

    @Test
    @DisplayName("The three names of optimizers become the optimizers of the api")
    void optimizers() {
        assertThat(optimizer("sgd", "0.9")).isEqualTo(new Optimizer.Sgd(0.9, 0.125));
        assertThat(optimizer("adam", "0.9")).isEqualTo(new Optimizer.Adam(0.9, 0.999, 1e-8, 0.125, false));
        assertThat(optimizer("adamw", "0.9")).isEqualTo(new Optimizer.Adam(0.9, 0.999, 1e-8, 0.125, true));
    }

    @Test
    @DisplayName("A cosine falls to the rate that is set for it")
    void cosine() {
        Setting cosine = new Setting("training.schedule", "--x", "cosine");

        assertThat(load(cosine).config().training().toSchedule()).isEqualTo(new Schedule.Cosine(0));
        assertThat(load(cosine, new Setting("training.cosine_floor", "--x", "0.1"))
                        .config()
                        .training()
                        .toSchedule())
                .isEqualTo(new Schedule.Cosine(0.1));
    }

    @Test
    @DisplayName("An empty file, a file of comments and an empty section change nothing")
    void emptyFiles() throws IOException {
        for (String text : List.of("", "# nothing\n", "---\n", "\uFEFF", "training:\n  # epochs: 3\n", "\r\n")) {
            Files.writeString(folder.resolve("config.yaml"), text);
            assertThat(load().config())
                    .as(text)
                    .isEqualTo(loadIn(folder.resolve("none")).config());
        }
    }

    @Test
    @DisplayName("A path on the command line is text, whatever it looks like")
    void pathsLookingLikeNumbers() {
        DataConfig data =
                load(new Setting("data.directory", "--data", "2024")).config().data();

        assertThat(data.folder()).isEqualTo(Path.of("2024"));
    }

    private Optimizer optimizer(String name, String momentum) {
        return load(
                        new Setting("training.optimizer", "--optimizer", name),
                        new Setting("training.momentum", "--momentum", momentum),
                        new Setting("training.weight_decay", "--weight-decay", "0.125"))
                .config()
                .training()
                .toOptimizer();
    }

    private LoadedConfig load(Setting... overrides) {
        return ConfigLoader.load(null, folder, List.of(overrides));
    }

    private static LoadedConfig loadIn(Path folder) {
        return ConfigLoader.load(null, folder, List.of());
    }

    private static Map<String, String> origins(LoadedConfig loaded) {
        return loaded.entries().stream()
                .collect(Collectors.toMap(LoadedConfig.Entry::key, e -> e.value() + " from " + e.origin()));
    }
}
