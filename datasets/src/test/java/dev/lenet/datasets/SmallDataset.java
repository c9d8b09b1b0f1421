package dev.lenet.datasets;

import dev.lenet.datasets.DatasetKind.Publication;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** Files in MNIST's format with a handful of images. Pixel p of image n is {@code (n + p) % 256}, its label n % 10. */
final class SmallDataset {
    static final int TRAINING = 12;
    static final int TEST = 5;

    private SmallDataset() {}

    /** The same, of which no digests are known: files made for tests do not have them. */
    static DatasetKind withoutDigests(DatasetKind kind) {
        return new DatasetKind(
                kind.id(),
                kind.layout(),
                kind.characters(),
                kind.publication()
                        .map(known -> new Publication(
                                known.normalization(),
                                known.classNames(),
                                List.of(),
                                known.djlArtifact(),
                                Optional.empty())));
    }

    /** Writes the four files, gzipped. */
    static void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        for (DataFile file : DataFile.of(DatasetKind.Layout.IDX_FILES)) {
            Files.write(directory.resolve(file.zippedName()), gzip(raw(file)));
        }
    }

    /** The uncompressed bytes of one of the four. */
    static byte[] raw(DataFile file) {
        return switch (file) {
            case TRAIN_IMAGES -> images(TRAINING, 28, 28);
            case TRAIN_LABELS -> labels(TRAINING);
            case TEST_IMAGES -> images(TEST, 28, 28);
            case TEST_LABELS -> labels(TEST);
            case TRAIN_BATCHES -> batch(TRAINING);
            case TEST_BATCH -> batch(TEST);
        };
    }

    static byte[] images(int count, int height, int width) {
        ByteBuffer bytes = ByteBuffer.allocate(16 + count * height * width);
        bytes.putInt(0x803).putInt(count).putInt(height).putInt(width);
        for (int n = 0; n < count; n++) {
            for (int p = 0; p < height * width; p++) {
                bytes.put((byte) (n + p));
            }
        }
        return bytes.array();
    }

    /** Images of CIFAR-10, whose pixel p is {@code (n + p) % 256} as well. */
    static byte[] batch(int count) {
        ByteBuffer bytes = ByteBuffer.allocate(count * 3073);
        for (int n = 0; n < count; n++) {
            bytes.put((byte) (n % 10));
            for (int p = 0; p < 3072; p++) {
                bytes.put((byte) (n + p));
            }
        }
        return bytes.array();
    }

    static byte[] labels(int count) {
        byte[] labels = new byte[count];
        for (int n = 0; n < count; n++) {
            labels[n] = (byte) (n % 10);
        }
        return labels(labels);
    }

    static byte[] labels(byte... labels) {
        return ByteBuffer.allocate(8 + labels.length)
                .putInt(0x801)
                .putInt(labels.length)
                .put(labels)
                .array();
    }

    static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zipped.toByteArray();
    }

    static String digest(String algorithm, byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
