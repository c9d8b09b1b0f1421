package dev.lenet.vision;

import static dev.lenet.vision.PictureFiles.ascii;
import static dev.lenet.vision.PictureFiles.inserted;
import static dev.lenet.vision.PictureFiles.segment;
import static dev.lenet.vision.PictureFiles.written;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.awt.Color;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Profiles, inks and alpha: whatever a file says of its colours, its greys are read. */
class ColoursTest {
    private static final int APP2 = 0xE2;
    private static final int APP14 = 0xEE;

    @ParameterizedTest(name = "{0}")
    @DisplayName("A profile of colours changes nothing, whole or damaged")
    @MethodSource
    void profiles(String kind, byte[] segments) throws IOException {
        byte[] jpeg = written(PictureFiles.corner(BufferedImage.TYPE_INT_RGB), "jpeg", false);

        assertThat(PictureDecoder.read(inserted(jpeg, 20, segments), kind).values())
                .isEqualTo(PictureDecoder.read(jpeg, kind).values());
    }

    static List<Arguments> profiles() {
        byte[] linear = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
        byte[] grey = ICC_Profile.getInstance(ColorSpace.CS_GRAY).getData();
        byte[] one = profile(1, 1, linear);
        byte[] half = Arrays.copyOf(linear, linear.length / 2);
        return List.of(
                arguments("one", one),
                arguments("twice", inserted(one, 0, one)),
                arguments("of grey", profile(1, 1, grey)),
                arguments("cut off", profile(1, 1, half)),
                arguments("without its second part", profile(1, 2, half)),
                arguments("of part 0", profile(0, 1, linear)),
                arguments("of no parts", profile(1, 0, linear)),
                arguments("of parts that do not agree", inserted(profile(1, 2, half), 0, profile(2, 3, half))),
                arguments("empty", profile(1, 1)),
                arguments("without a number", segment(APP2, ascii("ICC_PROFILE\0"))));
    }

    private static byte[] profile(int part, int parts, byte[]... data) {
        return segment(APP2, ascii("ICC_PROFILE\0"), new byte[] {(byte) part, (byte) parts}, PictureFiles.joined(data));
    }

    @ParameterizedTest
    @DisplayName("Inks for print become the greys they print: transform -1 is a file without a word about its inks")
    @CsvSource({
        "0, 255 255 255 255, 255",
        "0, 0 0 0 255, 0",
        "0, 255 255 255 0, 0",
        "0, 255 0 0 255, 76",
        "0, 255 255 255 100, 100",
        "-1, 0 0 0 0, 255",
        "-1, 0 0 0 255, 0",
        "-1, 0 255 255 0, 76",
        "2, 0 128 128 255, 255",
        "2, 255 128 128 255, 0",
        "2, 0 128 128 100, 100",
        "2, 179 171 1 255, 76"
    })
    void inks(int transform, String components, int expected) throws IOException {
        int[] pixel =
                Arrays.stream(components.split(" ")).mapToInt(Integer::parseInt).toArray();
        GreyImage grey = PictureDecoder.read(adobe(raw(pixel), transform), "inks");

        assertThat(grey.at(5, 5)).isBetween(expected - 3f, expected + 3f);
    }

    @ParameterizedTest
    @DisplayName("A JPEG of colours whose transform is unknown, or of a grey with alpha, is read")
    @ValueSource(ints = {1, 2, 3, 77})
    void rareColours(int transform) throws IOException {
        byte[] jpeg = written(PictureFiles.corner(BufferedImage.TYPE_INT_RGB), "jpeg", false);
        // Without the JFIF segment, whose place the other takes.
        byte[] bare = inserted(Arrays.copyOf(jpeg, 2), 2, Arrays.copyOfRange(jpeg, 20, jpeg.length));

        assertThat(PictureDecoder.read(adobe(bare, transform), "x").values())
                .isEqualTo(PictureDecoder.read(jpeg, "x").values());
        assertThat(PictureDecoder.read(raw(200, 255), "x").at(5, 5)).isBetween(198f, 202f);
    }

    private static byte[] adobe(byte[] jpeg, int transform) {
        return transform < 0
                ? jpeg
                : inserted(jpeg, 2, segment(APP14, ascii("Adobe\0\144\0\0\0\0"), new byte[] {(byte) transform}));
    }

    /** A JPEG of such pixels, that does not say what its components are. */
    private static byte[] raw(int... pixel) throws IOException {
        WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 16, 16, pixel.length, null);
        for (int y = 0; y < 16; y++) {
            for (int x = 0; x < 16; x++) {
                raster.setPixel(x, y, pixel);
            }
        }
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        return written(writer, new IIOImage(raster, null, null), writer.getDefaultWriteParam());
    }

    @ParameterizedTest
    @DisplayName("A BMP is read whatever its alpha, if that is the same everywhere")
    @CsvSource({"108, 0", "124, 0", "108, 1", "108, 7", "124, 255"})
    void bmpAlpha(int header, int alpha) throws IOException {
        GreyImage grey = PictureDecoder.read(PictureFiles.bmp(header, alpha), "x");

        assertThat(grey.at(3, 3)).as("dark").isZero();
        assertThat(grey.at(40, 30)).as("light").isEqualTo(255);
    }

    @ParameterizedTest
    @DisplayName("A PNG in which all is transparent is read as if nothing were")
    @ValueSource(ints = {0, 1, 9})
    void pngAlpha(int alpha) throws IOException {
        BufferedImage image = new BufferedImage(48, 32, BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < 32; y++) {
            for (int x = 0; x < 48; x++) {
                image.setRGB(x, y, (alpha << 24) | (x < 24 ? 0x202020 : 0xE0E0E0));
            }
        }

        GreyImage grey = PictureDecoder.read(written(image, "png", false), "x");

        assertThat(grey.at(3, 3)).isEqualTo(0x20);
        assertThat(grey.at(40, 3)).isEqualTo(0xE0);
    }

    @Test
    @DisplayName("What is written in white or black on a transparent sheet is read as before")
    void sheets() throws IOException {
        BufferedImage white = new BufferedImage(48, 32, BufferedImage.TYPE_INT_ARGB);
        BufferedImage black = new BufferedImage(48, 32, BufferedImage.TYPE_INT_ARGB);
        for (int x = 0; x < 10; x++) {
            white.setRGB(x, 3, Color.WHITE.getRGB());
            black.setRGB(x, 3, Color.BLACK.getRGB());
        }

        GreyImage onBlack = PictureDecoder.read(written(white, "png", false), "x");
        GreyImage onWhite = PictureDecoder.read(written(black, "png", false), "x");

        assertThat(List.of(onBlack.at(5, 3), onBlack.at(5, 5))).containsExactly(255f, 0f);
        assertThat(List.of(onWhite.at(5, 3), onWhite.at(5, 5))).containsExactly(0f, 255f);
    }
}
