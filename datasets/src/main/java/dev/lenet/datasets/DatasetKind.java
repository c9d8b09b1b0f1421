package dev.lenet.datasets;

import dev.lenet.api.Shape;
import dev.lenet.api.data.ClassNames;
import dev.lenet.api.data.Normalization;
import dev.lenet.vision.Preparation;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is known of a data set before it is read.
 *
 * <p>The constants are all there are; a published data set in MNIST's format is added by another constant here, and
 * nowhere else. A program may also describe one of its own, and find, fetch, check and read it with
 * {@link DatasetFinder} just so.
 *
 * @param id the name in files, options and messages: lower case, digits and hyphens
 * @param layout how it lies in its directory
 * @param characters whether its images were made like MNIST's: a character in white on black, cropped, scaled and
 *     centred, so that pictures for its models have to be made so too
 * @param publication what was published about it; empty for data of the user's own, of which nothing is known before
 *     they are read
 */
public record DatasetKind(String id, Layout layout, boolean characters, Optional<Publication> publication) {

    /** How a data set lies in its directory. */
    public enum Layout {
        /** Four files in MNIST's format: images and labels to train on, images and labels to test with. */
        IDX_FILES,
        /** CIFAR-10's binary files: batches of a label and 32x32 colour pixels for each image. */
        CIFAR_BATCHES,
        /** Pictures, in a folder for each class. */
        CLASS_FOLDERS
    }

    /**
     * What is known of a published data set, whose layout is not {@link Layout#CLASS_FOLDERS}.
     *
     * @param normalization by the mean and standard deviation of its training pixels
     * @param classNames in order of the labels, which count from 0
     * @param sha256 of its files, uncompressed: training images, training labels, test images, test labels, or training
     *     batches and test batch; empty if they are unknown
     * @param djlArtifact its name in DJL's repository of data sets, where it is fetched; empty if it is not there
     * @param systemDirectory where a package of the operating system puts it, if there is such a package
     */
    public record Publication(
            Normalization normalization,
            ClassNames classNames,
            List<String> sha256,
            Optional<String> djlArtifact,
            Optional<Path> systemDirectory) {
        private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

        public Publication {
            sha256 = List.copyOf(sha256);
            if (!sha256.stream().allMatch(digest -> SHA256.matcher(digest).matches())) {
                throw new IllegalArgumentException(
                        "Publication: expected digests of 64 lower-case hexadecimal digits, received " + sha256);
            }
        }
    }

    // Before the constants, which it checks.
    private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    /** Handwritten digits (LeCun and Cortes): 28x28 pixels, ten classes. */
    public static final DatasetKind MNIST = new DatasetKind(
            "mnist",
            Layout.IDX_FILES,
            true,
            Optional.of(new Publication(
                    new Normalization(0.1307, 0.3081),
                    ClassNames.numbered(10, 0),
                    // The same digests are in data/mnist/SHA256SUMS.
                    List.of(
                            "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
                            "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
                            "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
                            "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
                    Optional.of("mnist"),
                    Optional.empty())));

    /** Articles of clothing (Zalando Research): 28x28 pixels, ten classes. */
    public static final DatasetKind FASHION_MNIST = new DatasetKind(
            "fashion-mnist",
            Layout.IDX_FILES,
            false,
            Optional.of(new Publication(
                    new Normalization(0.2860, 0.3530),
                    new ClassNames(List.of(
                            "T-shirt/top",
                            "Trouser",
                            "Pullover",
                            "Dress",
                            "Coat",
                            "Sandal",
                            "Shirt",
                            "Sneaker",
                            "Bag",
                            "Ankle boot")),
                    // Of the files whose gzip form has the MD5 in the data set's README.
                    List.of(
                            "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
                            "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
                            "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
                            "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"),
                    Optional.of("fashmnist"),
                    // Debian's package dataset-fashion-mnist.
                    Optional.of(Path.of("/usr/share/datasets/fashion-mnist")))));

    /** Animals and vehicles (Krizhevsky): 32x32 pixels in colour, ten classes. */
    public static final DatasetKind CIFAR10 = new DatasetKind(
            "cifar10",
            Layout.CIFAR_BATCHES,
            false,
            Optional.of(new Publication(
                    // Of red, green and blue together.
                    new Normalization(0.4734, 0.2516),
                    // As batches.meta.txt beside the files has them.
                    new ClassNames(List.of(
                            "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck")),
                    // The authors publish none of the single files; DJL's list has one of each as it is sent.
                    List.of(),
                    Optional.of("cifar10"),
                    Optional.empty())));

    /** The user's own images in MNIST's format, or EMNIST's: of any size, any number of classes. */
    public static final DatasetKind IDX = new DatasetKind("idx", Layout.IDX_FILES, true, Optional.empty());

    /** The user's own pictures, a folder for each class. */
    public static final DatasetKind IMAGE_FOLDERS =
            new DatasetKind("image-folders", Layout.CLASS_FOLDERS, false, Optional.empty());

    private static final List<DatasetKind> ALL = List.of(MNIST, FASHION_MNIST, CIFAR10, IDX, IMAGE_FOLDERS);

    public DatasetKind {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "DatasetKind: expected an id of lower-case letters, digits and hyphens, received '" + id + "'");
        }
        if (layout == Layout.CLASS_FOLDERS && publication.isPresent()) {
            throw new IllegalArgumentException(
                    "DatasetKind " + id + ": expected a published data set to be files, received folders");
        }
        if (layout == Layout.CIFAR_BATCHES && publication.isEmpty()) {
            throw new IllegalArgumentException("DatasetKind " + id
                    + ": expected batches of a published data set, received some of the user's own");
        }
        int digests = publication.map(known -> known.sha256().size()).orElse(0);
        int files = DataFile.of(layout).size();
        if (digests != 0 && digests != files) {
            throw new IllegalArgumentException("DatasetKind " + id + ": expected no digests, or one for each of its "
                    + files + " files, received " + digests);
        }
    }

    /** All of them. */
    public static List<DatasetKind> all() {
        return ALL;
    }

    /** The one with that id. */
    public static Optional<DatasetKind> of(String id) {
        return ALL.stream().filter(kind -> kind.id.equals(id)).findFirst();
    }

    /** Whether it is the user's own, of which nothing is known before it is read. */
    public boolean own() {
        return publication.isEmpty();
    }

    /** How its pixels become inputs; empty if that follows from the training images. */
    public Optional<Normalization> normalization() {
        return publication.map(Publication::normalization);
    }

    /** What its classes are called; empty if that follows from the data. */
    public Optional<ClassNames> classNames() {
        return publication.map(Publication::classNames);
    }

    /** The shape of its images; empty if that follows from the data. */
    public Optional<Shape> shape() {
        return publication.map(known -> layout == Layout.CIFAR_BATCHES ? Shape.of(3, 32, 32) : Shape.of(1, 28, 28));
    }

    /** How pictures become images like its own. */
    public Preparation preparation() {
        return characters ? Preparation.MNIST : Preparation.CROPPED;
    }

    /** Where it is unless another directory is named; relative to the working directory. */
    public Path usualDirectory() {
        return Path.of("data", id);
    }
}
