package org.example.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lenet.api.DatasetException;
import dev.lenet.vision.DigitImage;
import dev.lenet.vision.GreyPicture;
import dev.lenet.vision.Writing;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What another program does with the public face of vision, from another package. */
class PicturesInAProgramTest {
    private final Path file;
    private final BufferedImage picture = ones(2);

    PicturesInAProgramTest(@TempDir Path directory) {
        this.file = directory.resolve("photo.png");
    }

    @Test
    void aPhotoIsReadInOneLine() throws IOException {
        Files.write(file, png(ones(1)));

        byte[] pixels = DigitImage.read(file).pixels();

        assertThat(pixels).hasSize(DigitImage.SIDE * DigitImage.SIDE);
        assertThat(pixels[14 * 28 + 14] & 0xFF).as("ink in the middle").isEqualTo(255);
        assertThat(pixels[14 * 28 + 3] & 0xFF).as("paper at its side").isZero();
    }

    @Test
    void everySourceGivesTheSameDigits() throws IOException {
        byte[] bytes = png(picture);
        Files.write(file, bytes);
        DigitImage digit = DigitImage.read(file);
        Writing writing = Writing.read(file);

        assertThat(DigitImage.read(bytes)).isEqualTo(digit);
        assertThat(DigitImage.read(new ByteArrayInputStream(bytes))).isEqualTo(digit);
        assertThat(DigitImage.of(picture)).isEqualTo(digit);
        assertThat(DigitImage.find(GreyPicture.of(picture, "photo"))).contains(digit);

        assertThat(writing.count()).isEqualTo(2);
        assertThat(Writing.read(bytes)).isEqualTo(writing);
        assertThat(Writing.read(new ByteArrayInputStream(bytes))).isEqualTo(writing);
        assertThat(Writing.of(picture)).isEqualTo(writing);
        Writing.Digit second = writing.lines().get(0).get(1);
        assertThat(second.left()).isBetween(0.5, 0.75);
        assertThat(second.image()).isEqualTo(writing.lines().get(0).get(0).image());
    }

    @Test
    void aPictureOfAnythingElseIsOnlyScaled() {
        GreyPicture half = GreyPicture.of(2, 1, new byte[] {0, (byte) 200}, "half");

        assertThat(half.scaled(4, 2)).containsExactly(0, 0, 200, 200, 0, 0, 200, 200);
        assertThat(half.isBlank()).isFalse();
        assertThat(GreyPicture.of(1, 1, new byte[] {9}, "dot").isBlank()).isTrue();
    }

    @Test
    void messagesNameThePicture() {
        byte[] text = "<html>".getBytes(StandardCharsets.UTF_8);
        String another = ": expected a PNG, JPEG, GIF or BMP picture of at most 200 MB, received a web page."
                + " Download the picture itself.";
        BufferedImage blank = new BufferedImage(50, 50, BufferedImage.TYPE_INT_RGB);

        refuses("picture" + another, () -> DigitImage.read(text));
        refuses("upload 7" + another, () -> GreyPicture.read(text, "upload 7"));
        refuses("upload 7" + another, () -> GreyPicture.read(new ByteArrayInputStream(text), "upload 7"));
        refuses(
                "picture: expected a picture of a digit, received a blank one, in which nothing stands out from the"
                        + " background. Write with a darker pen, or crop the picture to the digit.",
                () -> Writing.of(blank));
        refuses(
                "picture: expected a picture of at most 250 million pixels and 30000 on a side, received 30001x1."
                        + " Scale it down.",
                () -> DigitImage.of(new BufferedImage(30_001, 1, BufferedImage.TYPE_BYTE_GRAY)));
        refuses(
                "upload 7: expected a picture, received only a part of it (gone). Send it again.",
                () -> GreyPicture.read(broken(), "upload 7"));
    }

    /** Neither the JVM's headless mode nor ImageIO's cache is this library's to choose. */
    @Test
    void nothingIsSetForTheWholeProgram() throws IOException {
        String headless = System.getProperty("java.awt.headless");

        DigitImage.read(png(picture));

        assertThat(System.getProperty("java.awt.headless")).isEqualTo(headless);
        assertThat(ImageIO.getUseCache()).isTrue();
    }

    /** A connection that breaks off. */
    private static InputStream broken() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("gone");
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                throw new IOException("gone");
            }
        };
    }

    private static void refuses(String message, ThrowingCallable reading) {
        assertThatExceptionOfType(DatasetException.class).isThrownBy(reading).withMessage(message);
    }

    /** Upright strokes in a row. */
    private static BufferedImage ones(int count) {
        BufferedImage picture = new BufferedImage(80 * count, 100, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, picture.getWidth(), 100);
        graphics.setColor(Color.BLUE);
        graphics.setStroke(new BasicStroke(8));
        for (int i = 0; i < count; i++) {
            graphics.drawLine(80 * i + 40, 20, 80 * i + 40, 80);
        }
        graphics.dispose();
        return picture;
    }

    private static byte[] png(BufferedImage picture) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(picture, "png", bytes);
        return bytes.toByteArray();
    }
}
