package dev.lenet.report.tensorboard;

import dev.lenet.api.ShapeException;
import dev.lenet.api.data.Dataset;
import dev.lenet.api.data.Normalization;
import dev.lenet.api.inference.Evaluation;
import dev.lenet.api.network.Weights;
import dev.lenet.api.training.EpochReport;
import dev.lenet.api.training.TrainingListener;
import dev.lenet.report.chart.Thumbnail;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows a training run in TensorBoard: after each epoch the losses, the accuracy, the learning rate, the speed, and
 * histograms of all weights and of the last batch's gradients. With averaged weights the validation is of the average, and
 * the histograms are of the last weights. What TensorBoard calls a step is an epoch here.
 *
 * <p>A run that goes on after a break does so with a new listener on a new file in the same directory.
 */
public final class TensorBoardListener implements TrainingListener, AutoCloseable {
    /** Pictures that fit on a card in one row. */
    private static final int MOST_SAMPLES = 10;

    private final EventFile file;
    private final Supplier<Weights> weights;
    private double learningRate = Double.NaN;

    /**
     * @param file closed with this listener
     * @param weights those of the model as they are now, for example {@code model::weights}; asked once an epoch
     */
    public TensorBoardListener(EventFile file, Supplier<Weights> weights) {
        this.file = file;
        this.weights = weights;
    }

    /** Of a run that goes on, what an earlier file tells of the epoch under way and of later ones did not happen. */
    @Override
    public void started(long step, long totalSteps, int stepsPerEpoch) {
        if (step > 0) {
            file.restart(step / stepsPerEpoch + 1);
            file.flush();
        }
    }

    /** The learning rate of the last step before the end of an epoch is shown. */
    @Override
    public void stepped(long step, int examples, double newLearningRate) {
        learningRate = newLearningRate;
    }

    /**
     * Shows a few images as the network sees them, once; taken from the whole data set, as its start may be peculiar.
     *
     * @param dataset of grey images
     * @param normalization that it was normalised by
     * @param className of a label, for the sentence next to the pictures
     * @throws ShapeException if its examples are not grey images
     */
    public void samples(String tag, Dataset dataset, Normalization normalization, IntFunction<String> className) {
        int count = Math.min(MOST_SAMPLES, dataset.size());
        List<Thumbnail> images = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int row = (int) ((long) i * dataset.size() / count);
            images.add(Thumbnail.of(dataset, row, normalization));
            names.add(className.apply(dataset.label(row)));
        }
        if (images.isEmpty()) {
            return;
        }
        String description = String.join(", ", names);
        file.images(
                0,
                tag,
                description,
                images.get(0).width(),
                images.get(0).height(),
                images.stream().map(Thumbnail::png).toList());
        file.flush();
    }

    @Override
    public void gradients(int epoch, Supplier<Weights> ofLastBatch) {
        ofLastBatch
                .get()
                .tensors()
                .forEach((name, tensor) -> file.histogram(epoch, "gradients/" + name, tensor.values()));
    }

    @Override
    public void epochEnded(EpochReport report) {
        int epoch = report.epoch();
        file.scalar(epoch, "loss/training", report.trainingLoss());
        @Nullable Evaluation validation = report.validation();
        if (validation != null) {
            file.scalar(epoch, "loss/validation", validation.loss());
            file.scalar(epoch, "accuracy/validation", validation.accuracy());
        }
        if (!Double.isNaN(learningRate)) {
            file.scalar(epoch, "learning_rate", learningRate);
        }
        file.scalar(epoch, "images_per_second", report.examplesPerSecond());
        weights.get().tensors().forEach((name, tensor) -> file.histogram(epoch, "weights/" + name, tensor.values()));
        file.flush();
    }

    @Override
    public void close() {
        file.close();
    }
}
