package dev.lenet.datasets;

import dev.lenet.api.DatasetException;
import dev.lenet.api.RandomStream;
import dev.lenet.api.Shape;
import dev.lenet.api.data.ClassNames;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.data.LabelCodes;
import dev.lenet.api.data.Normalization;
import dev.lenet.vision.ColourPicture;
import dev.lenet.vision.DigitImage;
import dev.lenet.vision.ModelImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Pictures in folders, one folder for each class: {@code cat/1.png}, {@code dog/1.png}; or two such sets, in
 * {@code train} and {@code test}.
 *
 * <p>The classes are the folders in alphabetical order of their names. Where there is only one set, a fifth of each
 * class, rounded down but at least one picture, is kept for testing. Which ones depends on the names of the files alone and
 * not on the seed of a run, so that no picture is tested with that another run has learnt.
 *
 * <p>One picture is decoded at a time, and kept as bytes of one shape: the one asked for; or that of the training pictures, if they
 * are all of one size of at most {@value #LARGEST_AUTO} pixels on a side; or 28x28. Unless a shape is asked for, images have three
 * channels if any of the pictures looked at has a colour, and one otherwise.
 */
final class ImageFolders implements ImageSource {
    /** Of all sets: at 28x28 they take 784 MB, and a list of their names no more. */
    private static final int MOST_PICTURES = 1_000_000;

    /** So many pictures of a class are one for testing: between MNIST's 7 and what a small collection needs. */
    private static final int ONE_IN = 5;

    /** Any number, but always the same: another draws other pictures for testing. */
    private static final long SPLIT_SEED = 5;

    private static final Set<String> ENDINGS = Set.of("png", "jpg", "jpeg", "gif", "bmp");

    /** Of pictures that are taken in the size they have, in pixels. */
    private static final int LARGEST_AUTO = 128;

    /** Of the training pictures, taken evenly, whose size and colours tell of all. */
    private static final int LOOKED_AT = 64;

    private final DatasetKind kind;
    private final Path directory;
    private final ClassFolders folders;
    private final Map<String, String> sha256 = new TreeMap<>();
    /** Of the images; null until it is known. */
    private @Nullable Shape shape;

    /** @param directory with a folder for each class, or with such folders in {@code train} and {@code test} */
    ImageFolders(DatasetKind kind, Path directory) {
        this(kind, directory, null);
    }

    private ImageFolders(DatasetKind kind, Path directory, @Nullable Shape shape) {
        this.kind = kind;
        this.directory = directory;
        this.folders = new ClassFolders(directory);
        this.shape = shape;
    }

    /** From the pictures themselves, which have more than images of another shape. */
    @Override
    public ImageSource shaped(Shape another) {
        return new ImageFolders(kind, directory, another);
    }

    private synchronized Shape shape() {
        Shape known = shape;
        if (known == null) {
            known = folders.isSplit() ? seen(files(folders.train(), Part.ALL)) : seen(files(directory, Part.TRAINING));
            shape = known;
        }
        return known;
    }

    /** What pictures have in common. */
    private static Shape seen(List<Labelled> pictures) {
        int count = Math.min(LOOKED_AT, pictures.size());
        Set<List<Integer>> sizes = new HashSet<>();
        boolean grey = true;
        for (int i = 0; i < count; i++) {
            Path picture =
                    pictures.get((int) ((long) i * pictures.size() / count)).picture();
            ColourPicture looked = read(picture, ColourPicture::read, ColourPicture::read);
            sizes.add(List.of(looked.height(), looked.width()));
            grey &= looked.isGrey();
        }
        List<Integer> size = sizes.iterator().next();
        boolean common = sizes.size() == 1 && Math.max(size.get(0), size.get(1)) <= LARGEST_AUTO;
        int channels = grey ? 1 : 3;
        return common
                ? Shape.of(channels, size.get(0), size.get(1))
                : Shape.of(channels, DigitImage.SIDE, DigitImage.SIDE);
    }

    /** Whether there are any folders, which may be those of classes. */
    boolean hasFolders() {
        return folders.areThere();
    }

    @Override
    public DatasetKind kind() {
        return kind;
    }

    @Override
    public ImageDataset training(Normalization normalization) {
        Pixels pixels = folders.isSplit() ? load(folders.train(), Part.ALL) : load(directory, Part.TRAINING);
        sha256.put("training", pixels.sha256());
        return pixels.dataset(normalization);
    }

    @Override
    public ImageDataset test(Normalization normalization) {
        Pixels pixels = folders.isSplit() ? load(folders.test(), Part.ALL) : load(directory, Part.TEST);
        sha256.put("test", pixels.sha256());
        return pixels.dataset(normalization);
    }

    /** Of the folders' names, the labels and the pixels, of {@code training} and {@code test}. */
    @Override
    public Map<String, String> sha256() {
        return Map.copyOf(sha256);
    }

    @Override
    public ClassNames classNames() {
        return new ClassNames(folders.names());
    }

    @Override
    public LabelCodes labelCodes() {
        return LabelCodes.from0(folders.names().size());
    }

    @Override
    public List<String> notes() {
        String parts = folders.isSplit() ? "" : " One picture in " + ONE_IN + " of each class is kept for testing.";
        List<String> notes = new ArrayList<>();
        Shape images = shape();
        notes.add(directory + ": pictures become images of " + images.dimension(1) + "x" + images.dimension(2)
                + (images.dimension(0) == 1 ? " grey" : " coloured")
                + " pixels, scaled and cropped where they have another size." + parts);
        List<String> left = folders.leftOut();
        if (!left.isEmpty()) {
            notes.add(directory + ": " + String.join(", ", left)
                    + (left.size() == 1 ? " is no class and is" : " are no classes and are")
                    + " left out: operating systems and archives make such folders.");
        }
        return notes;
    }

    /** Which of the pictures of a class are meant. */
    private enum Part {
        ALL,
        TRAINING,
        TEST;

        List<Path> of(String className, List<Path> pictures) {
            if (this == ALL) {
                return pictures;
            }
            int tested = Math.max(1, pictures.size() / ONE_IN);
            int[] order = RandomStream.of(SPLIT_SEED, "test/" + className).permutation(pictures.size());
            int[] rows = this == TEST ? Arrays.copyOf(order, tested) : Arrays.copyOfRange(order, tested, order.length);
            return Arrays.stream(rows).sorted().mapToObj(pictures::get).toList();
        }
    }

    /** A picture and its class. */
    private record Labelled(Path picture, byte label) {}

    /** Pictures, decoded and scaled, with their labels. */
    private record Pixels(List<String> folders, Shape shape, byte[] pixels, byte[] labels) {
        ImageDataset dataset(Normalization normalization) {
            return new ImageDataset(shape, pixels, labels, folders.size(), normalization);
        }

        String sha256() {
            try {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                digest.update(String.join("/", folders).getBytes(StandardCharsets.UTF_8));
                digest.update(labels);
                digest.update(pixels);
                return HexFormat.of().formatHex(digest.digest());
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has SHA-256", e);
            }
        }
    }

    private Pixels load(Path set, Part part) {
        List<String> names = folders.names();
        List<Labelled> pictures = files(set, part);
        Shape images = shape();
        byte[] pixels = ShapedSource.pixels(pictures.size(), images);
        byte[] labels = new byte[pictures.size()];
        for (int row = 0; row < labels.length; row++) {
            ModelImage image = read(
                    pictures.get(row).picture(),
                    file -> kind.preparation().read(file, images),
                    (in, name) -> kind.preparation().read(in, name, images));
            System.arraycopy(image.pixels(), 0, pixels, row * images.size(), images.size());
            labels[row] = pictures.get(row).label();
        }
        return new Pixels(names, images, pixels, labels);
    }

    /** By class, then by name. */
    private List<Labelled> files(Path set, Part part) {
        List<String> names = folders.names();
        List<Path> each = ClassFolders.of(set);
        List<Labelled> pictures = new ArrayList<>();
        for (int k = 0; k < each.size(); k++) {
            for (Path picture : part.of(names.get(k), pictures(each.get(k), part))) {
                pictures.add(new Labelled(picture, (byte) k));
            }
        }
        if (pictures.size() > MOST_PICTURES) {
            throw new DatasetException(set + ": expected at most " + MOST_PICTURES + " pictures, received "
                    + pictures.size() + ". Use fewer of them.");
        }
        return pictures;
    }

    private static <T> T read(Path picture, Function<Path, T> ofFile, BiFunction<InputStream, String, T> ofStream) {
        String name = FileName.of(picture);
        if (String.valueOf(picture.getFileName()).equals(name)
                && picture.toString().indexOf(FileName.UNKNOWN) < 0) {
            return ofFile.apply(picture);
        }
        // Whatever goes by the text of the path would not find it.
        try (InputStream in = Files.newInputStream(picture)) {
            return ofStream.apply(in, name);
        } catch (IOException e) {
            throw new DatasetException(name + ": cannot be read (" + e + "). Check the file and its permissions.", e);
        }
    }

    /** The pictures in a folder by name; what is hidden or has the ending of something else is none. */
    private static List<Path> pictures(Path folder, Part part) {
        List<Path> pictures = new ArrayList<>();
        for (Path file : ClassFolders.list(folder)) {
            if (Files.isDirectory(file)) {
                throw new DatasetException(file + ": expected a picture, received a directory. Keep the pictures of a"
                        + " class in one folder, without folders in it.");
            }
            String name = FileName.of(file);
            if (ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT))) {
                pictures.add(file);
            }
        }
        int least = part == Part.ALL ? 1 : 2;
        if (pictures.size() < least) {
            throw new DatasetException(folder + ": expected at least " + least
                    + (least == 1 ? " picture" : " pictures, one to train on and one to test with")
                    + ", received " + pictures.size() + ". Add PNG, JPEG, GIF or BMP files, or remove the folder.");
        }
        return pictures;
    }
}
