package dev.lenet.app.config;

import dev.lenet.api.engine.Device;
import dev.lenet.datasets.DatasetKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The one list of all settings: names, types and ranges. Their defaults stand in {@code config.yaml}, and only there. */
final class Schema {
    private static final Key<String> ENGINE = new Key<>("engine", Kind.name());
    private static final Key<Device> DEVICE = new Key<>("device", Kind.device());
    private static final Key<Long> THREADS = new Key<>("threads", Kind.whole(0, 1024));
    private static final Key<Long> SEED = new Key<>("seed", Kind.whole(Long.MIN_VALUE, Long.MAX_VALUE));

    private static final Key<String> NATIVE_SIMD =
            new Key<>("native.simd", Kind.choice(List.of("auto", "off", "128", "256", "512"), Function.identity()));

    private static final Key<Long> DJL_REPLICAS = new Key<>("djl.replicas", Kind.whole(1, 99));

    private static final Key<DatasetKind> DATASET =
            new Key<>("data.dataset", Kind.choice(DatasetKind.all(), DatasetKind::id));
    private static final Key<Optional<Path>> DIRECTORY = new Key<>("data.directory", Kind.orAuto(Kind.path()));
    private static final Key<Optional<Double>> MEAN = new Key<>("data.mean", Kind.orAuto(Kind.number(0, 1)));
    // Below this, inputs would be so large that no learning rate in range works.
    private static final Key<Optional<Double>> STD = new Key<>("data.std", Kind.orAuto(Kind.number(0.001, 1)));
    private static final Key<Long> VALIDATION_SIZE = new Key<>("data.validation_size", Kind.whole(0, 1_000_000));

    private static final Key<Long> EPOCHS = new Key<>("training.epochs", Kind.whole(1, 100_000));
    private static final Key<Long> BATCH_SIZE = new Key<>("training.batch_size", Kind.whole(1, 65_536));
    private static final Key<Double> LEARNING_RATE = new Key<>("training.learning_rate", Kind.number(1e-9, 100));
    private static final Key<ScheduleKind> SCHEDULE =
            new Key<>("training.schedule", Kind.choice(List.of(ScheduleKind.values()), ScheduleKind::id));
    private static final Key<Double> COOLDOWN = new Key<>("training.cooldown", Kind.number(0, 1));
    private static final Key<Double> WARM_UP = new Key<>("training.warm_up", Kind.fraction());
    private static final Key<Long> STEP_EPOCHS = new Key<>("training.step_epochs", Kind.whole(1, 100_000));
    private static final Key<Double> STEP_DECAY = new Key<>("training.step_decay", Kind.number(0.001, 1));
    private static final Key<OptimizerKind> OPTIMIZER =
            new Key<>("training.optimizer", Kind.choice(List.of(OptimizerKind.values()), OptimizerKind::id));
    private static final Key<Double> MOMENTUM = new Key<>("training.momentum", Kind.fraction());
    private static final Key<Double> WEIGHT_DECAY = new Key<>("training.weight_decay", Kind.number(0, 1));
    private static final Key<Double> BETA1 = new Key<>("training.beta1", Kind.fraction());
    private static final Key<Double> BETA2 = new Key<>("training.beta2", Kind.fraction());
    private static final Key<Double> EPSILON = new Key<>("training.epsilon", Kind.number(1e-16, 1));
    private static final Key<Double> LABEL_SMOOTHING = new Key<>("training.label_smoothing", Kind.fraction());
    private static final Key<Long> TEACHERS = new Key<>("training.teachers", Kind.whole(0, 64));
    private static final Key<Double> TEMPERATURE = new Key<>("training.temperature", Kind.number(0.1, 100));
    private static final Key<Double> CLIP_NORM = new Key<>("training.clip_norm", Kind.number(0, 1_000_000));
    private static final Key<Double> AVERAGE_DECAY = new Key<>("training.average_decay", Kind.fraction());
    private static final Key<Boolean> SHUFFLE = new Key<>("training.shuffle", Kind.flag());
    private static final Key<Long> MAX_STEPS = new Key<>("training.max_steps", Kind.whole(0, Long.MAX_VALUE));
    private static final Key<Long> PATIENCE = new Key<>("training.patience", Kind.whole(0, 100_000));
    private static final Key<Double> MIN_DELTA = new Key<>("training.min_delta", Kind.number(0, 100));
    private static final Key<Long> LOG_EVERY = new Key<>("training.log_every", Kind.whole(0, 1_000_000));
    private static final Key<Long> CHECKPOINT_EVERY = new Key<>("training.checkpoint_every", Kind.whole(0, 1_000_000));

    private static final Key<Double> SHIFT = new Key<>("augmentation.shift", Kind.number(0, 1000));
    private static final Key<Double> ROTATION = new Key<>("augmentation.rotation", Kind.number(0, 180));
    private static final Key<Double> SCALE = new Key<>("augmentation.scale", Kind.number(0, 0.5));
    private static final Key<Double> SHEAR = new Key<>("augmentation.shear", Kind.number(0, 1));
    private static final Key<Double> ASPECT = new Key<>("augmentation.aspect", Kind.number(0, 0.5));
    private static final Key<Double> ELASTIC = new Key<>("augmentation.elastic", Kind.number(0, 1000));
    private static final Key<Double> ELASTIC_SIGMA = new Key<>("augmentation.elastic_sigma", Kind.number(1, 100));
    private static final Key<Long> PLAIN_EPOCHS = new Key<>("augmentation.plain_epochs", Kind.whole(0, 100_000));
    private static final Key<Long> AUGMENTATION_THREADS = new Key<>("augmentation.threads", Kind.whole(0, 64));

    private static final Key<Optional<Path>> MODEL_FILE = new Key<>("model.file", Kind.orAuto(Kind.path()));
    private static final Key<Long> PADDING = new Key<>("model.padding", Kind.whole(0, 4));
    private static final Key<Double> DROPOUT = new Key<>("model.dropout", Kind.fraction());

    /** All settings, in the order in which they are shown. */
    static final List<Key<?>> KEYS = List.of(
            ENGINE,
            DEVICE,
            THREADS,
            SEED,
            NATIVE_SIMD,
            DJL_REPLICAS,
            DATASET,
            DIRECTORY,
            MEAN,
            STD,
            VALIDATION_SIZE,
            EPOCHS,
            BATCH_SIZE,
            LEARNING_RATE,
            SCHEDULE,
            COOLDOWN,
            WARM_UP,
            STEP_EPOCHS,
            STEP_DECAY,
            OPTIMIZER,
            MOMENTUM,
            WEIGHT_DECAY,
            BETA1,
            BETA2,
            EPSILON,
            LABEL_SMOOTHING,
            TEACHERS,
            TEMPERATURE,
            CLIP_NORM,
            AVERAGE_DECAY,
            SHUFFLE,
            MAX_STEPS,
            PATIENCE,
            MIN_DELTA,
            LOG_EVERY,
            CHECKPOINT_EVERY,
            SHIFT,
            ROTATION,
            SCALE,
            SHEAR,
            ASPECT,
            ELASTIC,
            ELASTIC_SIGMA,
            PLAIN_EPOCHS,
            AUGMENTATION_THREADS,
            MODEL_FILE,
            PADDING,
            DROPOUT);

    /** Their sections. */
    static final List<String> SECTIONS =
            KEYS.stream().map(Key::section).filter(s -> !s.isEmpty()).distinct().toList();

    private Schema() {}

    static Optional<Key<?>> find(String path) {
        return KEYS.stream().filter(key -> key.path().equals(path)).findFirst();
    }

    /** The settings as the program uses them; every key must have been given. */
    static Config bind(Settings given) {
        return new Config(
                given.value(ENGINE),
                given.value(DEVICE),
                given.intValue(THREADS),
                given.value(SEED),
                Map.of(
                        NATIVE_SIMD.path(),
                        given.value(NATIVE_SIMD),
                        DJL_REPLICAS.path(),
                        String.valueOf(given.value(DJL_REPLICAS))),
                data(given),
                new TrainingConfig(
                        given.intValue(EPOCHS),
                        given.intValue(BATCH_SIZE),
                        given.value(LEARNING_RATE),
                        given.value(SCHEDULE),
                        given.value(COOLDOWN),
                        given.value(WARM_UP),
                        given.intValue(STEP_EPOCHS),
                        given.value(STEP_DECAY),
                        given.value(OPTIMIZER),
                        given.value(MOMENTUM),
                        given.value(WEIGHT_DECAY),
                        given.value(BETA1),
                        given.value(BETA2),
                        given.value(EPSILON),
                        given.value(LABEL_SMOOTHING),
                        given.intValue(TEACHERS),
                        given.value(TEMPERATURE),
                        given.value(CLIP_NORM),
                        given.value(AVERAGE_DECAY),
                        given.value(SHUFFLE),
                        given.value(MAX_STEPS),
                        given.intValue(PATIENCE),
                        given.value(MIN_DELTA),
                        given.intValue(LOG_EVERY),
                        given.intValue(CHECKPOINT_EVERY)),
                new AugmentationConfig(
                        given.value(SHIFT),
                        given.value(ROTATION),
                        given.value(SCALE),
                        given.value(SHEAR),
                        given.value(ASPECT),
                        given.value(ELASTIC),
                        given.value(ELASTIC_SIGMA),
                        given.intValue(PLAIN_EPOCHS),
                        given.intValue(AUGMENTATION_THREADS)),
                new ModelConfig(given.value(MODEL_FILE), given.intValue(PADDING), given.value(DROPOUT)));
    }

    /** What is left to the program follows from what the data set is; mean and deviation, perhaps from its images. */
    private static DataConfig data(Settings given) {
        DatasetKind dataset = given.value(DATASET);
        return new DataConfig(
                dataset,
                given.value(DIRECTORY).orElseGet(dataset::usualDirectory),
                given.value(MEAN),
                given.value(STD),
                given.intValue(VALIDATION_SIZE));
    }
}
