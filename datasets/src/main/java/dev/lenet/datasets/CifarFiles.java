package dev.lenet.datasets;

import dev.lenet.api.DatasetException;
import dev.lenet.api.ForeignFile;
import dev.lenet.api.Shape;
import dev.lenet.api.data.ClassNames;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.data.LabelCodes;
import dev.lenet.api.data.Normalization;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * CIFAR-10's binary files in a folder, or in {@code cifar-10-batches-bin} in it, as the archive unpacks them: {@code data_batch_1.bin}
 * to {@code data_batch_5.bin}, or all in one as {@code data_batch.bin}, and {@code test_batch.bin}; gzipped or not.
 *
 * <p>An image is a byte for its label, then 1024 bytes each of red, green and blue, row by row (Krizhevsky, "Learning multiple
 * layers of features from tiny images", 2009, and the page of the data set). There is nothing between images.
 */
final class CifarFiles implements PublishedFiles {
    private static final int SIDE = 32;
    private static final int CHANNELS = 3;

    /** Bytes of an image. */
    private static final int PIXELS = CHANNELS * SIDE * SIDE;

    private static final int BATCHES = 5;

    /** Four times what all of CIFAR-10 is. */
    private static final int MOST_BYTES = 800_000_000;

    private static final String ARCHIVE_FOLDER = "cifar-10-batches-bin";

    private final DatasetKind kind;
    private final Path directory;
    private final Map<DataFile, List<Path>> present;
    private final Map<String, String> sha256 = new TreeMap<>();

    /**
     * Looks which files are there; reads none.
     *
     * @param directory where they are, or are to be
     */
    CifarFiles(DatasetKind kind, Path directory) {
        this(kind, directory, find(directory));
    }

    private CifarFiles(DatasetKind kind, Path directory, Map<DataFile, List<Path>> present) {
        this.kind = kind;
        this.directory = directory;
        this.present = present;
    }

    private static Map<DataFile, List<Path>> find(Path directory) {
        Map<DataFile, List<Path>> found = new EnumMap<>(DataFile.class);
        for (Path folder : List.of(directory.resolve(ARCHIVE_FOLDER), directory)) {
            for (DataFile file : DataFile.of(DatasetKind.Layout.CIFAR_BATCHES)) {
                @Nullable Path whole = in(folder, file.rawName());
                if (whole != null) {
                    found.put(file, List.of(whole));
                }
            }
            List<Path> parts = IntStream.rangeClosed(1, BATCHES)
                    .mapToObj(part -> in(folder, "data_batch_" + part + ".bin"))
                    .flatMap(Stream::ofNullable)
                    .toList();
            if (parts.size() == BATCHES) {
                found.put(DataFile.TRAIN_BATCHES, parts);
            }
        }
        return found;
    }

    private static @Nullable Path in(Path folder, String name) {
        return Stream.of(name + ".gz", name)
                .map(folder::resolve)
                .filter(Files::exists)
                .findFirst()
                .orElse(null);
    }

    @Override
    public CifarFiles with(Map<DataFile, Path> others) {
        Map<DataFile, List<Path>> together = new EnumMap<>(DataFile.class);
        together.putAll(present);
        others.forEach((file, path) -> together.put(file, List.of(path)));
        return new CifarFiles(kind, directory, together);
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
    public List<DataFile> missing() {
        return DataFile.of(DatasetKind.Layout.CIFAR_BATCHES).stream()
                .filter(file -> !present.containsKey(file))
                .toList();
    }

    @Override
    public String missingSentence() {
        String where = Files.isDirectory(directory) ? "" : "found no such directory; ";
        return directory + ": expected the binary files of " + kind.id() + ", data_batch_1.bin to data_batch_" + BATCHES
                + ".bin or data_batch.bin, and test_batch.bin; " + where + "missing "
                + missing().stream().map(DataFile::rawName).collect(Collectors.joining(", ")) + ".";
    }

    @Override
    public ImageDataset training(Normalization normalization) {
        return load(DataFile.TRAIN_BATCHES, normalization);
    }

    @Override
    public ImageDataset test(Normalization normalization) {
        return load(DataFile.TEST_BATCH, normalization);
    }

    @Override
    public LabelCodes labelCodes() {
        return LabelCodes.from0(classNames().count());
    }

    @Override
    public ClassNames classNames() {
        return kind.classNames().orElseThrow();
    }

    /** Of all training batches together, and of the test batch. */
    @Override
    public Map<String, String> sha256() {
        return Map.copyOf(sha256);
    }

    @Override
    public List<String> notes() {
        return List.of();
    }

    private ImageDataset load(DataFile file, Normalization normalization) {
        List<Path> paths = present.getOrDefault(file, List.of());
        if (paths.isEmpty()) {
            throw new DatasetException(missingSentence() + " Put them there, gzipped or not.");
        }
        Digests digests = Digests.of(kind, directory);
        List<byte[]> batches = new ArrayList<>();
        for (Path path : paths) {
            byte[] batch = read(path);
            check(path, batch);
            if (paths.size() > 1) {
                digests.check(
                        String.valueOf(path.getFileName()).replaceFirst("\\.gz$", ""), path, digest(List.of(batch)));
            }
            batches.add(batch);
        }
        String digest = digest(batches);
        digests.check(file.rawName(), paths.get(0), digest);
        sha256.put(file.rawName(), digest);
        return dataset(batches, normalization);
    }

    private ImageDataset dataset(List<byte[]> batches, Normalization normalization) {
        int count =
                batches.stream().mapToInt(batch -> batch.length / (1 + PIXELS)).sum();
        byte[] pixels = new byte[count * PIXELS];
        byte[] labels = new byte[count];
        int row = 0;
        for (byte[] batch : batches) {
            for (int from = 0; from < batch.length; from += 1 + PIXELS) {
                labels[row] = batch[from];
                System.arraycopy(batch, from + 1, pixels, row * PIXELS, PIXELS);
                row++;
            }
        }
        return new ImageDataset(
                Shape.of(CHANNELS, SIDE, SIDE), pixels, labels, classNames().count(), normalization);
    }

    private void check(Path path, byte[] batch) {
        if (batch.length == 0 || batch.length % (1 + PIXELS) != 0) {
            throw new DatasetException(ForeignFile.of(Arrays.copyOf(batch, Math.min(batch.length, ForeignFile.BYTES)))
                    .map(foreign -> path + ": expected images of CIFAR-10, " + foreign.received())
                    .orElse(path + ": expected images of " + (1 + PIXELS) + " bytes each, received " + batch.length
                            + " bytes in all. The file is cut off or another one: copy or fetch it again."));
        }
        int classes = classNames().count();
        for (int from = 0; from < batch.length; from += 1 + PIXELS) {
            if ((batch[from] & 0xFF) >= classes) {
                throw new DatasetException(path + ": expected labels from 0 to " + (classes - 1) + ", received "
                        + (batch[from] & 0xFF) + " for image " + from / (1 + PIXELS)
                        + ", counted from 0. The file is damaged, or of another data set.");
            }
        }
    }

    private static byte[] read(Path path) {
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(path), 1 << 16)) {
            raw.mark(2);
            boolean zipped = raw.read() == 0x1f && raw.read() == 0x8b;
            raw.reset();
            InputStream in = zipped ? new GZIPInputStream(raw, 1 << 16) : raw;
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            byte[] piece = new byte[1 << 16];
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                if (bytes.size() + count > MOST_BYTES) {
                    throw new DatasetException(path + ": expected at most " + MOST_BYTES / 1_000_000
                            + " MB of images, received more. Check that it is the right file.");
                }
                bytes.write(piece, 0, count);
            }
            return bytes.toByteArray();
        } catch (EOFException e) {
            throw new DatasetException(path + ": the file is cut off in the middle. Copy or fetch it again.", e);
        } catch (ZipException e) {
            throw new DatasetException(
                    path + ": the gzip data is damaged (" + e.getMessage() + "). Copy or fetch it again.", e);
        } catch (IOException e) {
            throw new DatasetException(path + ": cannot be read (" + e + "). Check the file and its permissions.", e);
        }
    }

    private static String digest(List<byte[]> parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            parts.forEach(digest::update);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
