package dev.lenet.datasets;

import dev.lenet.api.DatasetException;
import dev.lenet.api.data.ClassNames;
import dev.lenet.api.data.IdxFile;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.data.LabelCodes;
import dev.lenet.api.data.Normalization;
import dev.lenet.datasets.DatasetKind.Layout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The four files of a data set in a folder: images and labels to train on, images and labels to test with.
 *
 * <p>Formats, sizes, numbers, labels and, where known, digests are checked on loading, so that a damaged file is a
 * sentence and not a network that does not learn.
 *
 * <p>Data of the user's own may be a split of {@link Emnist}. Its classes are the labels that occur in the training file,
 * ascending, whatever numbers they are; the test file may lack some of them.
 */
final class DatasetFiles implements PublishedFiles {
    /** Of an image, in pixels; a network for larger ones is another program's work. */
    private static final int MOST_SIDE = 1024;

    private final DatasetKind kind;
    private final Path directory;
    private final @Nullable String split;
    private final Map<DataFile, Path> present;
    private final Map<DataFile, IdxFile> labelFiles = new EnumMap<>(DataFile.class);
    private final Map<String, String> sha256 = new TreeMap<>();

    /**
     * Looks which files are there; reads none.
     *
     * @param kind what the files are said to be
     * @param directory where they are, or are to be
     */
    DatasetFiles(DatasetKind kind, Path directory) {
        this(kind, directory, kind.own() ? Emnist.split(directory) : null);
    }

    private DatasetFiles(DatasetKind kind, Path directory, @Nullable String split) {
        this(kind, directory, split, find(directory, split));
    }

    private DatasetFiles(DatasetKind kind, Path directory, @Nullable String split, Map<DataFile, Path> present) {
        this.kind = kind;
        this.directory = directory;
        this.split = split;
        this.present = present;
    }

    @Override
    public DatasetFiles with(Map<DataFile, Path> others) {
        Map<DataFile, Path> together = new EnumMap<>(DataFile.class);
        together.putAll(present);
        together.putAll(others);
        return new DatasetFiles(kind, directory, split, together);
    }

    private static Map<DataFile, Path> find(Path directory, @Nullable String split) {
        Map<DataFile, Path> found = new EnumMap<>(DataFile.class);
        for (DataFile file : DataFile.of(Layout.IDX_FILES)) {
            List<String> names = new ArrayList<>(file.names());
            if (split != null) {
                names.add(file.emnistName(split) + ".gz");
                names.add(file.emnistName(split));
            }
            names.stream()
                    .map(directory::resolve)
                    .filter(Files::exists)
                    .findFirst()
                    .ifPresent(path -> found.put(file, path));
        }
        return found;
    }

    @Override
    public DatasetKind kind() {
        return kind;
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public ImageDataset training(Normalization normalization) {
        ImageDataset training = load(DataFile.TRAIN_IMAGES, DataFile.TRAIN_LABELS, normalization, labelCodes());
        checkClasses();
        return training;
    }

    @Override
    public ImageDataset test(Normalization normalization) {
        return test(normalization, labelCodes());
    }

    @Override
    public ImageDataset test(Normalization normalization, LabelCodes codes) {
        return load(DataFile.TEST_IMAGES, DataFile.TEST_LABELS, normalization, kind.own() ? codes : labelCodes());
    }

    @Override
    public ClassNames classNames() {
        return kind.classNames().orElseGet(() -> ownClassNames(labelCodes()));
    }

    private ClassNames ownClassNames(LabelCodes codes) {
        @Nullable ClassNames names = split == null ? null : Emnist.names(directory, split, codes);
        return names != null ? names : codes.names();
    }

    /** Of the uncompressed content, by the names of uncompressed files. */
    @Override
    public Map<String, String> sha256() {
        return Map.copyOf(sha256);
    }

    @Override
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        LabelCodes codes = labelCodes();
        if (codes.count() == 1) {
            // Nothing to learn from, and loading says so.
            return notes;
        }
        if (codes.areFrom1()) {
            notes.add(directory + ": labels count from 1, so label 1 is the first class.");
        } else if (!codes.areFrom0()) {
            notes.add(directory + ": the labels are " + codes + ", which are the classes in this order.");
        }
        if (split != null) {
            notes.add(directory + ": images in EMNIST's files lie on their side and are turned upright.");
        }
        return notes;
    }

    @Override
    public List<DataFile> missing() {
        return DataFile.of(Layout.IDX_FILES).stream()
                .filter(file -> !present.containsKey(file))
                .toList();
    }

    @Override
    public String missingSentence() {
        String where = Files.isDirectory(directory) ? "found " + present.size() : "found no such directory";
        return directory + ": expected the four files of " + kind.id() + ", " + where + "; missing "
                + missing().stream().map(DataFile::zippedName).collect(Collectors.joining(", ")) + ".";
    }

    private ImageDataset load(DataFile imageFile, DataFile labelFile, Normalization normalization, LabelCodes codes) {
        Path imagePath = path(imageFile);
        Path labelPath = path(labelFile);
        IdxFile images = IdxPair.uprightImages(imagePath);
        IdxFile labels = labelFile(labelFile, labelPath);
        checkSize(imagePath, images);
        checkCount(imagePath, images, labelPath, labels);
        checkLabels(labelPath, labels);
        // Last: the other checks can say what is wrong, a digest only that something is.
        Digests digests = Digests.of(kind, directory);
        digests.check(imageFile.rawName(), imagePath, images.sha256());
        digests.check(labelFile.rawName(), labelPath, labels.sha256());
        sha256.put(imageFile.rawName(), images.sha256());
        sha256.put(labelFile.rawName(), labels.sha256());
        return ImageDataset.of(images, codes.classes(labelPath, labels), codes.count(), normalization);
    }

    private Path path(DataFile file) {
        @Nullable Path path = present.get(file);
        if (path == null) {
            throw new DatasetException(missingSentence() + " Put them there, gzipped or not.");
        }
        return path;
    }

    /** The labels in a file, which is read only the first time. */
    private synchronized IdxFile labelFile(DataFile file, Path path) {
        return labelFiles.computeIfAbsent(file, f -> IdxFile.labels(path));
    }

    @Override
    public LabelCodes labelCodes() {
        return kind.classNames()
                .map(names -> LabelCodes.from0(names.count()))
                .orElseGet(() -> LabelCodes.of(labelFile(DataFile.TRAIN_LABELS, path(DataFile.TRAIN_LABELS))));
    }

    /** A network that has seen one class says it of everything, and is always right. */
    private void checkClasses() {
        Path path = path(DataFile.TRAIN_LABELS);
        LabelCodes codes = LabelCodes.of(labelFile(DataFile.TRAIN_LABELS, path));
        if (codes.count() == 1) {
            throw new DatasetException(path + ": expected labels of at least two classes, received " + codes
                    + " alone. Add examples of another class.");
        }
    }

    private void checkSize(Path path, IdxFile images) {
        int height = images.dimensions().get(1);
        int width = images.dimensions().get(2);
        if (images.dimensions().get(0) == 0 || height == 0 || width == 0) {
            throw new DatasetException(path + ": expected at least one image of at least one pixel, received "
                    + images.dimensions() + ". Use a file that holds images.");
        }
        boolean known = kind.shape()
                .map(shape -> height == shape.dimension(1) && width == shape.dimension(2))
                .orElse(height <= MOST_SIDE && width <= MOST_SIDE);
        if (!known) {
            String expected = kind.shape()
                    .map(shape -> shape.dimension(1) + "x" + shape.dimension(2) + " pixels")
                    .orElse("at most " + MOST_SIDE + " pixels on a side");
            throw new DatasetException(path + ": expected images of " + expected + ", received " + height + "x" + width
                    + ". " + (kind.own() ? "Scale them down." : "Use the data set's own files."));
        }
    }

    static void checkCount(Path imagePath, IdxFile images, Path labelPath, IdxFile labels) {
        if (!images.dimensions().get(0).equals(labels.dimensions().get(0))) {
            throw new DatasetException(labelPath + ": expected one label for each of the "
                    + images.dimensions().get(0) + " images in " + imagePath.getFileName() + ", received "
                    + labels.dimensions().get(0) + ". Use two files that belong together.");
        }
    }

    private void checkLabels(Path path, IdxFile labels) {
        int classes = kind.classNames().map(ClassNames::count).orElse(256);
        for (int row = 0; row < labels.values().length; row++) {
            int label = labels.values()[row] & 0xFF;
            if (label >= classes) {
                throw new DatasetException(path + ": expected labels from 0 to " + (classes - 1) + ", received " + label
                        + " for example " + row
                        + ", counted from 0. The file is damaged, or for another task.");
            }
        }
    }
}
