package dev.lenet.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.lenet.api.DatasetException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureDecoderTest {
    private final Path directory;

    PictureDecoderTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void saysWhatIsThereInsteadOfAPicture() throws IOException {
        Path missing = directory.resolve("missing.png");
        refuses(directory, ": expected a picture, received a directory. Name a file in it.");
        refuses(missing, ": expected a picture, found none. Check the path.");
    }

    @Test
    void aPipeIsReadToItsEnd() throws Exception {
        Path pipe = directory.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        byte[] png = PictureFiles.written(new Drawing(80, 120).at(10, 10, 1).image(), "png", false);
        byte[] large = PictureFiles.inserted(png, 33, PictureFiles.chunk("prIv", new byte[3_000_000]));

        for (byte[] file : new byte[][] {png, large}) {
            Thread writer = new Thread(() -> {
                try {
                    Files.write(pipe, file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            writer.start();
            assertThat(PictureDecoder.read(pipe).values())
                    .isEqualTo(PictureDecoder.read(png, "png").values());
            writer.join();
        }
    }

    @Test
    void saysThatAFileMayNotBeRead() {
        assertThat(PictureDecoder.unreadable("7.png", new AccessDeniedException("7.png")))
                .hasMessage(
                        "7.png: expected a picture, received one without the permission to read it. Allow it, as by:"
                                + " chmod u+r");
        assertThat(PictureDecoder.unreadable("7.png", new IOException("Input/output error")))
                .hasMessage(
                        "7.png: expected a picture, received a file that cannot be read (Input/output error). Copy it"
                                + " elsewhere.");
    }

    @Test
    void refusesAPngThatIsCutOff() throws IOException {
        byte[] bytes = Files.readAllBytes(new Drawing(80, 120).at(10, 10, 1).write(directory.resolve("digit.png")));
        Path cut = directory.resolve("cut.png");
        Files.write(cut, Arrays.copyOf(bytes, bytes.length / 2));

        assertThatThrownBy(() -> PictureDecoder.read(cut))
                .isInstanceOf(DatasetException.class)
                .hasMessageStartingWith(cut + ": the picture is damaged or of a rare kind (")
                .hasMessageEndingWith("). Save it again as PNG or JPEG.");
    }

    @Test
    void refusesAJpegThatIsCutOffThoughItsDecoderOnlyWarns() throws IOException {
        byte[] bytes = Files.readAllBytes(new Drawing(80, 120).at(10, 10, 1).write(directory.resolve("digit.jpeg")));
        Path cut = directory.resolve("cut.jpeg");
        Files.write(cut, Arrays.copyOf(bytes, bytes.length * 3 / 4));

        refuses(cut, ": the picture is damaged or of a rare kind (it ends too early). Save it again as PNG or JPEG.");
    }

    @ParameterizedTest
    @CsvSource({"20000, 20000", "2147483647, 2147483647", "30001, 1", "1, 30001", "20000, 12501"})
    void refusesASizeByTheHeaderAlone(int width, int height) throws IOException {
        Path forged = Files.write(directory.resolve("forged.png"), png(width, height));
        PictureDecoder.read(new Drawing(80, 120).write(directory.resolve("warm-up.png")));

        long before = allocated();
        refuses(
                forged,
                ": expected a picture of at most 250 million pixels and 30000 on a side, received " + width + "x"
                        + height + ". Scale it down.");
        assertThat(allocated() - before).isLessThan(10_000_000);
    }

    @Test
    void aPictureThatIsSmallerThanItsHeaderSaysIsRefusedInBoundedMemory() throws IOException {
        Path forged = Files.write(directory.resolve("forged.png"), png(15000, 15000));

        long before = allocated();
        assertThatThrownBy(() -> PictureDecoder.read(forged))
                .isInstanceOf(DatasetException.class)
                .hasMessageStartingWith(forged + ": the picture is damaged or of a rare kind (");
        assertThat(allocated() - before).isLessThan(100_000_000);
    }

    @Test
    void largePicturesAreThinnedOutWhileDecoding() throws IOException {
        Path large = new Drawing(4000, 3000).at(500, 500, 15).write(directory.resolve("large.png"));

        GreyImage grey = PictureDecoder.read(large);

        assertThat(PictureDecoder.of(ImageIO.read(large.toFile()), "decoded").values())
                .as("a picture that comes decoded is thinned out in the same way")
                .isEqualTo(grey.values());
        assertThat(grey.width()).isEqualTo(2000);
        assertThat(grey.height()).isEqualTo(1500);
        DigitImage small = DigitImage.read(new Drawing(400, 300).at(50, 50, 1.5).write(directory.resolve("small.png")));
        assertThat(Drawing.similarity(DigitImage.read(large), small)).isGreaterThan(0.99);
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "gif", "bmp", "jpeg"})
    void survivesMutationsAndTruncations(String format) throws IOException {
        byte[] whole =
                Files.readAllBytes(new Drawing(24, 36).at(2, 2, 0.3).write(directory.resolve("digit." + format)));
        Path file = directory.resolve("mutant." + format);
        for (int seed = 0; seed < 1000; seed++) {
            Random random = new Random(seed);
            byte[] mutant = Arrays.copyOf(whole, random.nextInt(4) == 0 ? random.nextInt(whole.length) : whole.length);
            for (int times = random.nextInt(3); times >= 0 && mutant.length > 0; times--) {
                // Headers are where it hurts.
                int end = random.nextBoolean() ? Math.min(64, mutant.length) : mutant.length;
                mutant[random.nextInt(end)] = (byte) (random.nextInt(3) == 0 ? 0xFF : random.nextInt(256));
            }
            Files.write(file, mutant);
            long before = allocated();
            try {
                PictureDecoder.read(file);
            } catch (DatasetException e) {
                assertThat(e.getMessage()).as("seed %d", seed).startsWith(file + ": ");
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed, e);
            }
            assertThat(allocated() - before).as("seed %d", seed).isLessThan(400_000_000);
        }
    }

    @Test
    void greyIsTakenAsItIsStored() throws IOException {
        BufferedImage image = new BufferedImage(256, 1, BufferedImage.TYPE_BYTE_GRAY);
        BufferedImage deep = new BufferedImage(256, 1, BufferedImage.TYPE_USHORT_GRAY);
        for (int value = 0; value < 256; value++) {
            image.getRaster().setSample(value, 0, 0, value);
            deep.getRaster().setSample(value, 0, 0, value * 257);
        }

        for (BufferedImage stored : new BufferedImage[] {image, deep}) {
            GreyImage grey = PictureDecoder.read(Drawing.write(stored, directory.resolve("ramp.png")));
            for (int value = 0; value < 256; value++) {
                assertThat(grey.at(value, 0)).isEqualTo(value);
            }
        }
    }

    @Test
    void colourIsWeighedAndLaidOnWhite() throws IOException {
        BufferedImage image = new BufferedImage(6, 1, BufferedImage.TYPE_INT_ARGB);
        int[] colors = {0xFFFF0000, 0xFF00FF00, 0xFF0000FF, 0x80000000, 0x00123456, 0xFFFFFFFF};
        image.setRGB(0, 0, 6, 1, colors, 0, 6);

        GreyImage grey = PictureDecoder.read(Drawing.write(image, directory.resolve("colours.png")));

        assertThat(grey.values()).containsExactly(76, 150, 29, 127, 255, 255);
    }

    @Test
    void everyOrientationIsTurnedUpright() {
        // Stored: 1 2 3
        //         4 5 6
        GreyImage stored = new GreyImage(3, 2, new float[] {1, 2, 3, 4, 5, 6});

        assertThat(rows(stored, 1)).isEqualTo("123/456");
        assertThat(rows(stored, 2)).isEqualTo("321/654");
        assertThat(rows(stored, 3)).isEqualTo("654/321");
        assertThat(rows(stored, 4)).isEqualTo("456/123");
        assertThat(rows(stored, 5)).isEqualTo("14/25/36");
        assertThat(rows(stored, 6)).isEqualTo("41/52/63");
        assertThat(rows(stored, 7)).isEqualTo("63/52/41");
        assertThat(rows(stored, 8)).isEqualTo("36/25/14");
    }

    @ParameterizedTest
    @ValueSource(strings = {"II", "MM"})
    void aPhotoThatATelephoneStoredLyingIsTurned(String byteOrder) throws IOException {
        Path upright = new Drawing(150, 150).at(20, 20, 1).write(directory.resolve("upright.jpeg"));
        BufferedImage standing = new Drawing(150, 150).at(20, 20, 1).image();
        BufferedImage lying = new BufferedImage(150, 150, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 150; y++) {
            for (int x = 0; x < 150; x++) {
                lying.setRGB(y, 149 - x, standing.getRGB(x, y));
            }
        }
        byte[] jpeg = Files.readAllBytes(Drawing.write(lying, directory.resolve("lying.jpeg")));
        Path noted = Files.write(directory.resolve("noted.jpeg"), withOrientation(jpeg, byteOrder, 6));
        Path damaged = Files.write(directory.resolve("damaged.jpeg"), withOrientation(jpeg, byteOrder, 77));

        assertThat(Drawing.similarity(DigitImage.read(noted), DigitImage.read(upright)))
                .isGreaterThan(0.99);
        assertThat(Drawing.similarity(DigitImage.read(damaged), DigitImage.read(upright)))
                .isLessThan(0.8);
    }

    private static void refuses(Path file, String message) {
        assertThatThrownBy(() -> PictureDecoder.read(file))
                .isInstanceOf(DatasetException.class)
                .hasMessage(file + message);
    }

    private static String rows(GreyImage stored, int code) {
        GreyImage upright = new ExifOrientation(code).upright(stored);
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < upright.values().length; i++) {
            rows.append(i > 0 && i % upright.width() == 0 ? "/" : "").append((int) upright.values()[i]);
        }
        return rows.toString();
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    /** With an Exif segment of one entry behind the first marker. */
    private static byte[] withOrientation(byte[] jpeg, String byteOrder, int code) throws IOException {
        ByteBuffer tiff =
                ByteBuffer.allocate(26).order(byteOrder.equals("II") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        tiff.put(byteOrder.getBytes(StandardCharsets.US_ASCII))
                .putShort((short) 42)
                .putInt(8)
                .putShort((short) 1)
                .putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) code);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.write(jpeg, 0, 2);
            out.writeShort(0xFFE1);
            out.writeShort(2 + 6 + tiff.capacity());
            out.writeBytes("Exif\0\0");
            out.write(tiff.array());
            out.write(jpeg, 2, jpeg.length - 2);
        }
        return bytes.toByteArray();
    }

    /** A PNG of that size whose data are missing. */
    private static byte[] png(int width, int height) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(0x89504E470D0A1A0AL);
            byte[] header = ByteBuffer.allocate(17)
                    .put("IHDR".getBytes(StandardCharsets.US_ASCII))
                    .putInt(width)
                    .putInt(height)
                    .put(new byte[] {8, 2, 0, 0, 0})
                    .array();
            chunk(out, header);
            chunk(out, "IDAT".getBytes(StandardCharsets.US_ASCII));
            chunk(out, "IEND".getBytes(StandardCharsets.US_ASCII));
        }
        return bytes.toByteArray();
    }

    private static void chunk(DataOutputStream out, byte[] typeAndData) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(typeAndData);
        out.writeInt(typeAndData.length - 4);
        out.write(typeAndData);
        out.writeInt((int) crc.getValue());
    }
}
