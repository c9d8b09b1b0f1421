package dev.lenet.datasets;

import dev.lenet.api.DatasetException;
import dev.lenet.api.data.ClassNames;
import dev.lenet.api.data.IdxFile;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.data.Normalization;
import dev.lenet.vision.DigitImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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
 * <p>Data of the user's own may be a split of {@link Emnist}, and its labels may count from 1, in the training and the
 * test files together: then label 1 is the first class.
 */
final class DatasetFiles implements ImageSource {
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

    /** These, with files that need not be in the folder (yet); digests are still looked up there. */
    DatasetFiles with(Map<DataFile, Path> others) {
        return new DatasetFiles(kind, directory, split, others);
    }

    private static Map<DataFile, Path> find(Path directory, @Nullable String split) {
        Map<DataFile, Path> found = new EnumMap<>(DataFile.class);
        for (DataFile file : DataFile.values()) {
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

    /** Where they are, or are to be. */
    Path directory() {
        return directory;
    }

    /** Whether all four are there. */
    boolean complete() {
        return missing().isEmpty();
    }

    @Override
    public ImageDataset training(Normalization normalization) {
        return load(DataFile.TRAIN_IMAGES, DataFile.TRAIN_LABELS, normalization);
    }

    @Override
    public ImageDataset test(Normalization normalization) {
        return load(DataFile.TEST_IMAGES, DataFile.TEST_LABELS, normalization);
    }

    @Override
    public ClassNames classNames() {
        return kind.classNames().orElseGet(() -> ownClassNames(labels()));
    }

    private ClassNames ownClassNames(Labels labels) {
        @Nullable
        ClassNames names = split == null ? null : Emnist.names(directory, split, labels.first(), labels.count());
        return names != null ? names : ClassNames.numbered(labels.count(), labels.first());
    }

    /** Of the uncompressed content, by the names of uncompressed files. */
    @Override
    public Map<String, String> sha256() {
        return Map.copyOf(sha256);
    }

    @Override
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (labels().first() == 1) {
            notes.add(directory + ": labels count from 1, so label 1 is the first class.");
        }
        if (split != null) {
            notes.add(directory + ": images in EMNIST's files lie on their side and are turned upright.");
        }
        return notes;
    }

    Map<DataFile, Path> present() {
        return present;
    }

    List<DataFile> missing() {
        return Arrays.stream(DataFile.values())
                .filter(file -> !present.containsKey(file))
                .toList();
    }

    /** What is missing, and where, without what to do about it. */
    String missingSentence() {
        String where = Files.isDirectory(directory) ? "found " + present.size() : "found no such directory";
        return directory + ": expected the four files of " + kind.id() + ", " + where + "; missing "
                + missing().stream().map(DataFile::zippedName).collect(Collectors.joining(", ")) + ".";
    }

    private ImageDataset load(DataFile imageFile, DataFile labelFile, Normalization normalization) {
        Path imagePath = path(imageFile);
        Path labelPath = path(labelFile);
        IdxFile images = IdxPair.uprightImages(imagePath);
        IdxFile labels = labelFile(labelFile, labelPath);
        checkSize(imagePath, images);
        checkCount(imagePath, images, labelPath, labels);
        checkLabels(labelPath, labels);
        // Last: the other checks can say what is wrong, a digest only that something is.
        Digests digests = Digests.of(kind, directory);
        digests.check(imageFile, imagePath, images.sha256());
        digests.check(labelFile, labelPath, labels.sha256());
        sha256.put(imageFile.rawName(), images.sha256());
        sha256.put(labelFile.rawName(), labels.sha256());
        Labels all = labels();
        return ImageDataset.of(images, all.from0(labels), all.count(), normalization);
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

    /** Of data of the user's own, all label files there are tell it: training and test must agree. */
    private Labels labels() {
        if (kind.classNames().isPresent()) {
            return new Labels(0, kind.classNames().get().count());
        }
        List<IdxFile> files = new ArrayList<>();
        for (DataFile file : List.of(DataFile.TRAIN_LABELS, DataFile.TEST_LABELS)) {
            @Nullable Path path = present.get(file);
            if (path != null) {
                files.add(labelFile(file, path));
            }
        }
        return Labels.in(files);
    }

    private static void checkSize(Path path, IdxFile images) {
        int height = images.dimensions().get(1);
        int width = images.dimensions().get(2);
        if (images.dimensions().get(0) == 0 || height == 0 || width == 0) {
            throw new DatasetException(path + ": expected at least one image of at least one pixel, received "
                    + images.dimensions() + ". Use a file that holds images.");
        }
        if (height != DigitImage.SIDE || width != DigitImage.SIDE) {
            throw new DatasetException(path + ": expected images of 28x28 pixels, received " + height + "x" + width
                    + ". Scale them to 28x28, which is what the network takes.");
        }
    }

    private static void checkCount(Path imagePath, IdxFile images, Path labelPath, IdxFile labels) {
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
