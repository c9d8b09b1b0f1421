package dev.lenet.app;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;

/** A small task in MNIST's format: noise with a bright upper half, class 0, or a bright lower half, class 1. */
final class TwoClasses {
    private static final long SEED = 5;

    private TwoClasses() {}

    /** Writes the four files. */
    static void write(Path directory, int training, int test) throws IOException {
        write(directory, "train", training, 0, 1);
        write(directory, "t10k", test, 0, 1);
    }

    /**
     * Writes two of the four files.
     *
     * @param codes of the two classes in the label file; one that is below 0 leaves its class out
     */
    static void write(Path directory, String part, int count, int... codes) throws IOException {
        Files.createDirectories(directory);
        Random random = new Random(SEED);
        ByteBuffer images = ByteBuffer.allocate(16 + count * 784);
        images.putInt(0x803).putInt(count).putInt(28).putInt(28);
        ByteBuffer labels = ByteBuffer.allocate(8 + count);
        labels.putInt(0x801).putInt(count);
        for (int i = 0; i < count; i++) {
            int label = codes[i % 2] < 0 ? 1 - i % 2 : i % 2;
            labels.put((byte) codes[label]);
            for (int pixel = 0; pixel < 784; pixel++) {
                boolean bright = pixel / 392 == label;
                images.put((byte) (random.nextInt(200) + (bright ? 55 : 0)));
            }
        }
        Files.write(directory.resolve(part + "-images-idx3-ubyte"), images.array());
        Files.write(directory.resolve(part + "-labels-idx1-ubyte"), labels.array());
    }

    static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
