package dev.lenet.datasets;

import dev.lenet.api.DatasetException;
import dev.lenet.api.data.ClassNames;
import dev.lenet.api.data.IdxFile;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.data.Normalization;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The four files of a data set in a folder: images and labels to train on, images and labels to test with.
 *
 * <p>Nothing of them is believed. Formats, sizes, numbers, labels and, where known, digests are checked on loading, so
 * that a damaged file is a sentence and not a network that does not learn.
 *
 * <p>Data of the user's own may be a split of {@link Emnist}, and its labels may count from 1, in the training and the
 * test files together: then label 1 is the first class.
 */
public final class DatasetFiles implements ImageSource {
    /** The edge of an image of MNIST and of Fashion-MNIST, in pixels. */
    private static final int EDGE = 28;

    /** The classes of MNIST and of Fashion-MNIST. */
    private static final int CLASSES = 10;

    private final DatasetKind kind;
    private final Path directory;
    private final Map<DataFile, Path> present;
    private final Map<DataFile, String> builtIn;
    private final Map<String, String> sha256 = new TreeMap<>();

    /**
     * Looks which files are there; reads none.
     *
     * @param kind what the files are said to be
     * @param directory where they are, or are to be
     */
    public DatasetFiles(DatasetKind kind, Path directory) {
        this(kind, directory, find(kind, directory), Digests.builtIn(kind));
    }

    private DatasetFiles(DatasetKind kind, Path directory, Map<DataFile, Path> present, Map<DataFile, String> builtIn) {
        this.kind = kind;
        this.directory = directory;
        this.present = present;
        this.builtIn = builtIn;
    }

    /** These, with files that need not be in the folder (yet); digests are still looked up there. */
    DatasetFiles with(Map<DataFile, Path> others) {
        return new DatasetFiles(kind, directory, others, builtIn);
    }

    /** The same, looked for once more. */
    DatasetFiles again() {
        return with(find(kind, directory));
    }

    /** The same, of which the program knows no digests: files made for tests. */
    DatasetFiles withoutBuiltInDigests() {
        return new DatasetFiles(kind, directory, present, Map.of());
    }

    private static Map<DataFile, Path> find(DatasetKind kind, Path directory) {
        @Nullable String split = kind == DatasetKind.IDX ? Emnist.split(directory) : null;
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

    /** These if all four are there, else those in the other folder if they are there, else these after all. */
    public DatasetFiles orElseIn(Optional<Path> other) {
        if (complete() || other.isEmpty()) {
            return this;
        }
        DatasetFiles there = new DatasetFiles(kind, other.get(), find(kind, other.get()), builtIn);
        return there.complete() ? there : this;
    }

    /** What the files are said to be. */
    public DatasetKind kind() {
        return kind;
    }

    /** Where they are, or are to be. */
    public Path directory() {
        return directory;
    }

    /** Whether all four are there. */
    public boolean complete() {
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
        Labels labels = labels();
        @Nullable String split = kind == DatasetKind.IDX ? Emnist.split(directory) : null;
        @Nullable
        ClassNames names = split == null ? null : Emnist.names(directory, split, labels.first(), labels.count());
        if (names != null) {
            return names;
        }
        return labels.first() == 0 ? classNames(labels.count()) : ClassNames.numbered(labels.count(), labels.first());
    }

    private ClassNames classNames(int count) {
        return kind.classNames().size() == count ? new ClassNames(kind.classNames()) : ClassNames.numbered(count, 0);
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
        if (kind == DatasetKind.IDX && Emnist.split(directory) != null) {
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
        IdxFile images = images(imagePath);
        IdxFile labels = IdxFile.labels(labelPath);
        checkSize(imagePath, images);
        checkCount(imagePath, images, labelPath, labels);
        checkLabels(labelPath, labels);
        // Last: the other checks can say what is wrong, a digest only that something is.
        Digests digests = Digests.of(kind, builtIn, directory);
        digests.check(imageFile, imagePath, images.sha256());
        digests.check(labelFile, labelPath, labels.sha256());
        sha256.put(imageFile.rawName(), images.sha256());
        sha256.put(labelFile.rawName(), labels.sha256());
        Labels all = labels();
        return ImageDataset.of(images, all.from0(labels), all.count(), normalization);
    }

    /**
     * Any two files that belong together, as they are: with no names, sizes or digests that they must have.
     *
     * @param classes of the model they are for; if the highest label is that number and none is 0, they count from 1
     * @throws DatasetException if they are missing, damaged, or not what they are said to be
     */
    public static ImageDataset pair(Path imagePath, Path labelPath, int classes, Normalization normalization) {
        IdxFile images = images(imagePath);
        IdxFile labels = IdxFile.labels(labelPath);
        Labels range = Labels.in(List.of(labels));
        boolean from1 = range.first() == 1 && range.count() == classes;
        return ImageDataset.of(images, from1 ? range.from0(labels) : labels, classes, normalization);
    }

    /** Images the right way up. */
    private static IdxFile images(Path path) {
        IdxFile images = IdxFile.images(path);
        return Emnist.isNameOf(path) ? Emnist.transposed(images) : images;
    }

    private Path path(DataFile file) {
        @Nullable Path path = present.get(file);
        if (path == null) {
            String remedy = kind == DatasetKind.IDX
                    ? " Put them there, gzipped or not, or name another folder with data.directory."
                    : " Put them there, gzipped or not, or run `train` without --offline, which fetches them.";
            throw new DatasetException(missingSentence() + remedy);
        }
        return path;
    }

    /** Of data of the user's own, all label files there are tell it: training and test must agree. */
    private Labels labels() {
        if (kind != DatasetKind.IDX) {
            return new Labels(0, CLASSES);
        }
        List<IdxFile> files = new ArrayList<>();
        for (DataFile file : List.of(DataFile.TRAIN_LABELS, DataFile.TEST_LABELS)) {
            @Nullable Path path = present.get(file);
            if (path != null) {
                files.add(IdxFile.labels(path));
            }
        }
        return Labels.in(files);
    }

    private void checkSize(Path path, IdxFile images) {
        int height = images.dimensions().get(1);
        int width = images.dimensions().get(2);
        if (images.dimensions().get(0) == 0 || height == 0 || width == 0) {
            throw new DatasetException(path + ": expected at least one image of at least one pixel, received "
                    + images.dimensions() + ". Use a file that holds images.");
        }
        if (height != EDGE || width != EDGE) {
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
        for (int row = 0; row < labels.values().length; row++) {
            int label = labels.values()[row] & 0xFF;
            if (kind != DatasetKind.IDX && label >= CLASSES) {
                throw new DatasetException(path + ": expected labels from 0 to 9, received " + label + " for example "
                        + row + ", counted from 0. The file is damaged, or for another task.");
            }
        }
    }
}
