package dev.lenet.api.training;

import dev.lenet.api.Argument;
import dev.lenet.api.RandomStream;
import dev.lenet.api.augmentation.Augmentation;
import dev.lenet.api.data.Dataset;
import dev.lenet.api.engine.Loss;
import dev.lenet.api.engine.Optimizer;
import dev.lenet.api.engine.TrainingSpec;
import java.util.function.Consumer;

/**
 * How long and how fast to train: {@code new TrainingSettings(10, 32, 0.0005, new Optimizer.Adam(), 42)
 * .withSchedule(new Schedule.Cooldown(0.7))}, or one of the presets: {@link #QUICK}, {@link #STANDARD}, {@link #BEST}.
 *
 * <p>The constructor with five parameters takes what has no sensible default; every other setting has one, and a
 * {@code with...} method. A new setting is a component here, its default in that constructor, and three lines of {@code Draft}.
 *
 * @param epochs passes over the training set, at least 1
 * @param batchSize examples a step, at least 1; the last batch of an epoch may be smaller
 * @param learningRate above 0
 * @param schedule how the learning rate changes on the way
 * @param optimizer how gradients become updates
 * @param seed of shuffling, augmentation and dropout
 * @param shuffle whether each epoch has an order of its own, or the data set's
 * @param maxSteps end after that many steps, whatever the epochs; 0 for no limit
 * @param reportEvery steps between two reports of losses to listeners; the only time the loop waits for the engine
 * @param checkpointEvery steps between two checkpoints inside an epoch, for who saves them; 0 for the ends of epochs alone
 * @param earlyStopping when to end because the validation loss no longer falls
 * @param loss what is minimised; evaluations report the plain cross-entropy whatever it is
 * @param clipNorm the largest length of a step's gradient, 0 for no limit
 * @param averageDecay of the average of the weights that is evaluated, and left in the model at the end, instead of the last
 *     weights; at least 0 and below 1, 0 for no average
 * @param augmentation how examples are distorted, anew in each epoch; never those of the validation
 * @param plainEpochs so many epochs at the end see the examples as they are, so that the network settles on what it will be
 *     asked; 0 or more
 * @param prefetchThreads threads that read and distort examples ahead of the engine; 0 to let the engine do it. Results do
 *     not depend on it
 */
public record TrainingSettings(
        int epochs,
        int batchSize,
        double learningRate,
        Schedule schedule,
        Optimizer optimizer,
        long seed,
        boolean shuffle,
        long maxSteps,
        int reportEvery,
        int checkpointEvery,
        EarlyStopping earlyStopping,
        Loss loss,
        double clipNorm,
        double averageDecay,
        Augmentation augmentation,
        int plainEpochs,
        int prefetchThreads) {

    /** Ten epochs on distorted digits, for every day: as {@code config.yaml} says, 99.47 % of the test images (README, Presets). */
    public static final TrainingSettings STANDARD = new TrainingSettings(
                    10, 32, 0.02, new Optimizer.Sgd(0.9, 0.0005), 42)
            .withSchedule(new Schedule.OneCycle(0.3))
            .withAverageDecay(0.999)
            .withAugmentation(new Augmentation(2, 10, 0.1, 0.1, 0.1, 0, 4))
            .withPrefetchThreads(1);

    /**
     * Three epochs on digits as they are, for 99 % in seconds: as {@code config/quick.yaml} says, 99.16 % of the test images (README,
     * Presets). For that it learns from all images, none set aside for validation.
     */
    public static final TrainingSettings QUICK = STANDARD.withEpochs(3)
            .withOptimizer(new Optimizer.Adam())
            .withLearningRate(0.004)
            .withAverageDecay(0.99)
            .withAugmentation(Augmentation.NONE)
            .withPrefetchThreads(0);

    /**
     * Sixty epochs, the most accurate: as {@code config/best.yaml} says, 99.60 % of the test images (README, Presets). It learns from
     * the answers of teachers, eight there, see {@link TrainingLoop#taughtBy}: networks trained by the same settings with seeds of
     * their own and {@link Loss.SoftmaxCrossEntropy}. With that loss and no teachers it reaches 99.58 % in a tenth of the time.
     */
    public static final TrainingSettings BEST = STANDARD.withEpochs(60)
            .withAverageDecay(0.9995)
            .withLoss(new Loss.Distillation(4))
            .withAugmentation(new Augmentation(2, 10, 0.1, 0.1, 0.1, 2, 4))
            .withPlainEpochs(6);

    public TrainingSettings {
        check(epochs >= 1, "1 epoch or more", epochs, "An epoch trains on every example once.");
        Argument.checkFinite(
                learningRate > 0,
                "Training",
                "a learning rate above 0",
                learningRate,
                "0.001 is usual for Adam, 0.1 for plain descent.");
        check(maxSteps >= 0, "0 steps or more", maxSteps, "Use 0 for no limit.");
        check(reportEvery >= 1, "1 step or more between reports", reportEvery, "100 are usual.");
        check(
                checkpointEvery >= 0,
                "0 steps or more between checkpoints",
                checkpointEvery,
                "Use 0 for checkpoints at the ends of epochs alone.");
        check(plainEpochs >= 0, "0 plain epochs or more", plainEpochs, "Use 0 to distort the images of every epoch.");
        check(prefetchThreads >= 0, "0 prefetch threads or more", prefetchThreads, "Use 0 to let the engine read.");
        // It checks what is the engine's, too.
        new TrainingSpec(optimizer, loss, batchSize, seed, clipNorm, averageDecay);
    }

    /** At a constant rate, shuffled, through all epochs, reporting every 100 steps. */
    public TrainingSettings(int epochs, int batchSize, double learningRate, Optimizer optimizer, long seed) {
        this(
                epochs,
                batchSize,
                learningRate,
                new Schedule.Constant(),
                optimizer,
                seed,
                true,
                0,
                100,
                0,
                EarlyStopping.OFF,
                new Loss.SoftmaxCrossEntropy(),
                0,
                0,
                Augmentation.NONE,
                0,
                0);
    }

    public TrainingSettings withEpochs(int newEpochs) {
        return with(draft -> draft.epochs = newEpochs);
    }

    public TrainingSettings withLearningRate(double newLearningRate) {
        return with(draft -> draft.learningRate = newLearningRate);
    }

    public TrainingSettings withSchedule(Schedule newSchedule) {
        return with(draft -> draft.schedule = newSchedule);
    }

    public TrainingSettings withOptimizer(Optimizer newOptimizer) {
        return with(draft -> draft.optimizer = newOptimizer);
    }

    public TrainingSettings withSeed(long newSeed) {
        return with(draft -> draft.seed = newSeed);
    }

    public TrainingSettings withShuffle(boolean newShuffle) {
        return with(draft -> draft.shuffle = newShuffle);
    }

    public TrainingSettings withMaxSteps(long newMaxSteps) {
        return with(draft -> draft.maxSteps = newMaxSteps);
    }

    public TrainingSettings withReportEvery(int newReportEvery) {
        return with(draft -> draft.reportEvery = newReportEvery);
    }

    public TrainingSettings withCheckpointEvery(int newCheckpointEvery) {
        return with(draft -> draft.checkpointEvery = newCheckpointEvery);
    }

    public TrainingSettings withEarlyStopping(EarlyStopping newEarlyStopping) {
        return with(draft -> draft.earlyStopping = newEarlyStopping);
    }

    public TrainingSettings withLoss(Loss newLoss) {
        return with(draft -> draft.loss = newLoss);
    }

    public TrainingSettings withClipNorm(double newClipNorm) {
        return with(draft -> draft.clipNorm = newClipNorm);
    }

    public TrainingSettings withAverageDecay(double newAverageDecay) {
        return with(draft -> draft.averageDecay = newAverageDecay);
    }

    public TrainingSettings withAugmentation(Augmentation newAugmentation) {
        return with(draft -> draft.augmentation = newAugmentation);
    }

    public TrainingSettings withPlainEpochs(int newPlainEpochs) {
        return with(draft -> draft.plainEpochs = newPlainEpochs);
    }

    public TrainingSettings withPrefetchThreads(int newPrefetchThreads) {
        return with(draft -> draft.prefetchThreads = newPrefetchThreads);
    }

    private TrainingSettings with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.settings();
    }

    /** What an engine is told of these. */
    public TrainingSpec spec() {
        return new TrainingSpec(optimizer, loss, batchSize, seed, clipNorm, averageDecay);
    }

    /**
     * The examples as an epoch sees them: augmented by the seed, the epoch and the example's row alone.
     *
     * @param epoch from 1
     */
    public Dataset examples(Dataset training, int epoch) {
        return epoch > epochs - plainEpochs ? training : augmentation.augment(training, seed, epoch);
    }

    /**
     * The order in which an epoch takes the examples: it depends on the seed and the epoch alone.
     *
     * @param size how many examples there are
     * @param epoch from 1
     */
    public int[] order(int size, int epoch) {
        if (shuffle) {
            return RandomStream.of(seed, "shuffle").substream(epoch).permutation(size);
        }
        check(size >= 0, "a number of examples of at least 0", size, "Give that of the data set.");
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            order[i] = i;
        }
        return order;
    }

    private static void check(boolean valid, String expected, long received, String remedy) {
        Argument.check(valid, "Training", expected, received, remedy);
    }

    /** The settings while one of them changes, so that no method above has to name all of them. */
    private static final class Draft {
        private int epochs;
        private final int batchSize;
        private double learningRate;
        private Schedule schedule;
        private Optimizer optimizer;
        private long seed;
        private boolean shuffle;
        private long maxSteps;
        private int reportEvery;
        private int checkpointEvery;
        private EarlyStopping earlyStopping;
        private Loss loss;
        private double clipNorm;
        private double averageDecay;
        private Augmentation augmentation;
        private int plainEpochs;
        private int prefetchThreads;

        Draft(TrainingSettings settings) {
            epochs = settings.epochs;
            batchSize = settings.batchSize;
            learningRate = settings.learningRate;
            schedule = settings.schedule;
            optimizer = settings.optimizer;
            seed = settings.seed;
            shuffle = settings.shuffle;
            maxSteps = settings.maxSteps;
            reportEvery = settings.reportEvery;
            checkpointEvery = settings.checkpointEvery;
            earlyStopping = settings.earlyStopping;
            loss = settings.loss;
            clipNorm = settings.clipNorm;
            averageDecay = settings.averageDecay;
            augmentation = settings.augmentation;
            plainEpochs = settings.plainEpochs;
            prefetchThreads = settings.prefetchThreads;
        }

        TrainingSettings settings() {
            return new TrainingSettings(
                    epochs,
                    batchSize,
                    learningRate,
                    schedule,
                    optimizer,
                    seed,
                    shuffle,
                    maxSteps,
                    reportEvery,
                    checkpointEvery,
                    earlyStopping,
                    loss,
                    clipNorm,
                    averageDecay,
                    augmentation,
                    plainEpochs,
                    prefetchThreads);
        }
    }
}
