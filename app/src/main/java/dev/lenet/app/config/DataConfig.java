package dev.lenet.app.config;

import dev.lenet.api.DatasetException;
import dev.lenet.api.Shape;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.data.Normalization;
import dev.lenet.datasets.DatasetKind;
import java.nio.file.Path;
import java.util.Optional;

/** What is learnt from. */
public record DataConfig(
        @Declaration(initial = "mnist", text = """
                What to learn from: {range}. idx is any four files in MNIST's format and with its names or EMNIST's, whose
                classes are the labels that occur in the training file; image-folders is pictures in a folder for each
                class. There are two classes at least. mnist, fashion-mnist and cifar10 are fetched if they are missing,
                unless --offline forbids it.""") DatasetKind dataset,

        @Declaration(initial = "auto", text = """
                The folder with the files, or with the folders, {range}; relative to the working directory. auto is
                data/ and the name of the data set: data/mnist, which comes with the program, data/fashion-mnist, data/cifar10,
                data/idx or data/image-folders.""") Optional<Path> directory,

        @Declaration(initial = "auto", text = """
                The shape of the images that the network takes, {range}: 1 channel for grey, 3 for colours, and 1 to 1024
                pixels on a side. auto: that of the data set; of image-folders, that of the pictures if all have one size
                of at most 128 pixels on a side, else 28x28, in colours if there are any. Images of another shape are
                scaled until they cover it, without a change of their proportions, and cropped. A model file keeps its
                shape.""") Optional<Shape> shape,

        @Declaration(initial = "auto", least = 0, most = 1, option = "--mean", label = "X", text = """
                Mean of the training pixels after division by 255, {range}. An input is (pixel / 255 - mean) / std. auto
                follows the data set: 0.1307 for mnist, 0.2860 for fashion-mnist, 0.4734 for cifar10; of idx and image-folders it is computed
                from all training images. A trained model keeps both numbers. For pixels left in [0, 1] use mean 0 and
                std 1.""")
        Optional<Double> mean,

        // Below the smallest, inputs would be so large that no learning rate in range works.
        @Declaration(initial = "auto", least = 0.001, most = 1, option = "--std", label = "X", text = """
                Standard deviation of the training pixels after division by 255, {range}. auto is 0.3081 for mnist, 0.3530
                for fashion-mnist, 0.2516 for cifar10, otherwise computed.""")
        Optional<Double> std,

        @Declaration(initial = "5000", least = 0, most = 1_000_000, option = "--validation-size", text = """
                Training examples set aside to judge epochs by, {range}, fewer than there are; 0 for none. They are drawn at random from the
                seed. 5000 of 60000, so that no choice is made by the test files, which `train` looks at once, at its
                end.""")
        int validationSize) {

    /** Where the data set is, relative to the working directory. */
    public Path folder() {
        return directory.orElseGet(dataset::usualDirectory);
    }

    /** The shape of the images as far as it is known before any is read. */
    public Optional<Shape> knownShape() {
        return shape.or(dataset::shape);
    }

    /** How pixels become inputs where no training images are at hand; of the user's own, as MNIST's do. */
    public Normalization normalization() {
        return orElse(
                dataset.normalization().or(DatasetKind.MNIST::normalization).orElseThrow());
    }

    /**
     * How pixels become inputs.
     *
     * @param training images, all of them: the mean of the user's own is not known beforehand
     * @throws DatasetException if all their pixels are the same
     */
    public Normalization normalization(ImageDataset training) {
        boolean given = mean.isPresent() && std.isPresent();
        return dataset.own() && !given ? orElse(Normalization.of(training)) : normalization();
    }

    private Normalization orElse(Normalization another) {
        return new Normalization(mean.orElse(another.mean()), std.orElse(another.std()));
    }
}
