package dev.lenet.app.config;

import dev.lenet.api.engine.Loss;
import dev.lenet.api.engine.Optimizer;
import dev.lenet.api.training.EarlyStopping;
import dev.lenet.api.training.Schedule;
import dev.lenet.api.training.TrainingSettings;
import java.util.Optional;

/** How long and how to train. */
public record TrainingConfig(
        @Declaration(initial = "10", least = 1, most = 100_000, option = "--epochs", text = """
                Passes over the training examples, {range}. Ten take LeNet-5 to about 99 % on MNIST.""")
        int epochs,

        @Declaration(
                initial = "32",
                least = 1,
                most = 65_536,
                option = {"--batch-size", "--batch_size"},
                text = """
                Examples a step, {range}. Small batches learn more from each epoch, large ones finish it sooner.""")
        int batchSize,

        @Declaration(initial = "auto", least = 1e-9, most = 100, option = "--lr", label = "RATE", text = """
                Learning rate: the size of a step at its largest, {range}. auto is 0.02 for sgd, 0.002 for adam and adamw.
                These and the defaults below were chosen by the accuracy on validation images over several seeds.""")
        Optional<Double> learningRate,

        @Declaration(initial = "one-cycle", text = """
                Course of the learning rate over the run: {range}. constant does not change it; cooldown is constant,
                then falls to 0 in a straight line; step lowers it by a factor every few epochs; cosine falls
                along half a wave; one-cycle rises, then falls to 0. A rate that falls to 0 lets the weights settle;
                one-cycle, which begins low, allows the largest steps in between.""") ScheduleKind schedule,

        @Declaration(initial = "0.7", least = 0, most = 1, text = """
                For cooldown: share of the steps, at the end, during which the rate falls, {range}; 0 keeps it constant.""")
        double cooldown,

        @Declaration(initial = "0.3", least = 0, below = 1, text = """
                For one-cycle: share of the steps during which the rate rises, from 1/25 of the largest, {range}.""")
        double warmUp,

        @Declaration(initial = "3", least = 1, most = 100_000, text = """
                For step: epochs after which the rate is multiplied by step_decay, {range}.""")
        int stepEpochs,

        @Declaration(initial = "0.3", least = 0.001, most = 1, text = """
                For step: what the rate is multiplied by, {range}.""")
        double stepDecay,

        @Declaration(initial = "0.0", least = 0, below = 1, text = """
                For cosine: what the rate falls to, as a share of the largest, {range}. 0 lets the weights settle.""")
        double cosineFloor,

        @Declaration(initial = "sgd", option = "--optimizer", label = "NAME", text = """
                How gradients become updates: {range}. adamw is adam with decoupled weight decay. sgd with momentum finds
                better weights in ten epochs, adam in three.""")
        OptimizerKind optimizer,

        @Declaration(initial = "0.9", least = 0, below = 1, option = "--momentum", label = "X", text = """
                Share of the last update that sgd keeps, {range}; adam and adamw do not use it. 0 is plain gradient
                descent, the algorithm of the textbooks; 0.9 is the usual choice for speed.""")
        double momentum,

        @Declaration(initial = "auto", least = 0, most = 1, option = "--weight-decay", label = "X", text = """
                Pull of every weight towards 0, {range}; 0 for none. auto is 0.0005 for sgd and 0 for adam and adamw. With
                adamw, 0.01 is usual.""")
        Optional<Double> weightDecay,

        @Declaration(initial = "0.9", least = 0, below = 1, text = """
                How slowly adam's mean of the gradients forgets, {range}. The value of the paper.""")
        double beta1,

        @Declaration(initial = "0.999", least = 0, below = 1, text = """
                How slowly adam's mean of their squares forgets, {range}. The value of the paper.""")
        double beta2,

        @Declaration(initial = "1e-8", least = 1e-16, most = 1, text = """
                Keeps adam from dividing by 0, {range}. The value of the paper.""")
        double epsilon,

        @Declaration(initial = "0.0", least = 0, below = 1, text = """
                Share of each target that is spread evenly over all classes, {range}. More than 0 keeps the network from
                being surer than it should be, and makes the training loss larger; evaluations report the plain loss.""")
        double labelSmoothing,

        @Declaration(initial = "0", least = 0, most = 64, option = "--teachers", text = """
                Networks to train before, whose answers are learnt instead of the labels, {range}; 0 learns from labels.
                Each is like this one but from a seed of its own, and is kept with the run. What they say of each image,
                together, is what is learnt. A run takes longer by the training of each of them, and as all of them are
                asked about each batch, distorted images included.""")
        int teachers,

        @Declaration(initial = "4.0", least = 0.1, most = 100, text = """
                With teachers: what logits are divided by before they become probabilities, {range}. The more, the more
                the unlikely classes count. The training loss grows with it; evaluations report the plain loss.""")
        double temperature,

        @Declaration(initial = "0.0", least = 0, most = 1, text = """
                Made-up images of no class among the training images, as a share of these, {range}: letters, scribbles, shapes,
                textures. The network learns to be unsure of them, so that `predict` doubts more of what is no digit.""")
        double outliers,

        @Declaration(initial = "false", text = """
                Whether the finished network's logits are divided by the number under which the labels of the validation images
                are likeliest (true), so that it is as sure as it is right: temperature scaling. What it reads stays the same,
                and the model file is one like any other. Needs data.validation_size.""") boolean calibrate,

        @Declaration(initial = "0.0", least = 0, most = 1_000_000, text = """
                The largest length of the gradient of all parameters together, {range}; 0 for no limit. A longer one is
                shortened.""")
        double clipNorm,

        @Declaration(initial = "0.999", least = 0, below = 1, text = """
                How slowly the average of the weights forgets, {range}; 0 keeps no average. With one, it is the average
                that is judged after each epoch and becomes the model. 0.999 is an average over about a thousand steps,
                half an epoch.""")
        double averageDecay,

        @Declaration(initial = "true", option = "--no-shuffle", text = """
                Whether each epoch has a random order of its own (true) or that of the file (false). A random order
                keeps batches mixed whatever order the file is in; that of the file is for comparisons with other
                programs.""")
        boolean shuffle,

        @Declaration(initial = "0", least = 0, option = "--max-steps", text = """
                Steps after which training ends whatever the epochs, {range}; 0 for no limit. For short runs and
                comparisons. Teachers are trained to their end.""")
        long maxSteps,

        @Declaration(initial = "0", least = 0, most = 100_000, option = "--patience", text = """
                Epochs without a lower validation loss after which training ends, {range}; 0 for never. Each epoch is
                compared with the best one so far, and the model written is that of the best one; with 0 it is that of
                the last. 0 because the falling learning rate makes the last epochs the best ones: stopping is for runs
                whose length is a guess.""")
        int patience,

        @Declaration(initial = "0.0", least = 0, most = 100, text = """
                By how much the validation loss has to fall below the best one to count as lower, {range}.""")
        double minDelta,

        @Declaration(initial = "0", least = 0, most = 1_000_000, option = "--log-every", text = """
                Steps between two reports of the loss, {range}; 0 for none. A report makes a GPU wait, so it has to be
                asked for.""")
        int logEvery,

        @Declaration(initial = "0", least = 0, most = 1_000_000, text = """
                Steps between two checkpoints inside an epoch, {range}; 0 for none: one is written at the end of each
                epoch anyway, and on Ctrl-C. 0 because it waits for the disk, which takes tens of milliseconds, and an
                epoch of MNIST takes a few seconds. Set it where an epoch takes minutes, so that a kill or a power
                failure costs less.""")
        int checkpointEvery) {

    /** The course of the learning rate these settings describe. */
    public Schedule toSchedule() {
        return switch (schedule) {
            case CONSTANT -> new Schedule.Constant();
            case COOLDOWN -> cooldown == 0 ? new Schedule.Constant() : new Schedule.Cooldown(cooldown);
            case STEP -> new Schedule.Step(Math.min(1, (double) stepEpochs / epochs), stepDecay);
            case COSINE -> new Schedule.Cosine(cosineFloor);
            case ONE_CYCLE -> new Schedule.OneCycle(warmUp);
        };
    }

    /** The optimizer these settings describe. */
    public Optimizer toOptimizer() {
        double decay = weightDecay.orElse(optimizer.weightDecay());
        return switch (optimizer) {
            case SGD -> new Optimizer.Sgd(momentum, decay);
            case ADAM -> new Optimizer.Adam(beta1, beta2, epsilon, decay, false);
            case ADAMW -> new Optimizer.Adam(beta1, beta2, epsilon, decay, true);
        };
    }

    /** The learning rate at its largest: what was given, or what suits the optimizer. */
    public double rate() {
        return learningRate.orElse(optimizer.learningRate());
    }

    /** What is minimised: how far answers are from the teachers', or, without any, from the labels; outliers need soft ones. */
    Loss toLoss() {
        if (teachers > 0) {
            return new Loss.Distillation(temperature);
        }
        return outliers > 0 ? new Loss.Distillation(1) : lossOfLabels();
    }

    Loss lossOfLabels() {
        return new Loss.SoftmaxCrossEntropy(labelSmoothing);
    }

    /** What the training loop needs to know of these, see {@link Config#toSettings}. */
    TrainingSettings toSettings(long seed, long steps, int reportEvery) {
        return new TrainingSettings(epochs, batchSize, rate(), toOptimizer(), seed)
                .withSchedule(toSchedule())
                .withShuffle(shuffle)
                .withMaxSteps(steps)
                .withReportEvery(reportEvery)
                .withCheckpointEvery(checkpointEvery)
                .withEarlyStopping(new EarlyStopping(patience, minDelta))
                .withLoss(toLoss())
                .withClipNorm(clipNorm)
                .withAverageDecay(averageDecay);
    }
}
