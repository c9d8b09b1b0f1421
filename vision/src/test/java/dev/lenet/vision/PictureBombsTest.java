package dev.lenet.vision;

import static dev.lenet.vision.PictureFiles.ascii;
import static dev.lenet.vision.PictureFiles.chunk;
import static dev.lenet.vision.PictureFiles.deflated;
import static dev.lenet.vision.PictureFiles.inserted;
import static dev.lenet.vision.PictureFiles.joined;
import static dev.lenet.vision.PictureFiles.place;
import static dev.lenet.vision.PictureFiles.segment;
import static dev.lenet.vision.PictureFiles.written;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.lenet.api.DatasetException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Collections;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Small files that would take long, or much memory. The limits of time are wide: without the cures it is minutes. */
@Timeout(20)
class PictureBombsTest {
    private static final int START_OF_SCAN = 0xDA;
    private static final int COMMENT = 0xFE;

    @Test
    @DisplayName("A progressive JPEG of very many scans is refused, one of a hundred is read")
    void scans() throws IOException {
        byte[] jpeg = written(PictureFiles.corner(BufferedImage.TYPE_BYTE_GRAY), "jpeg", true);
        int first = place(jpeg, START_OF_SCAN);
        int end = first + 2;
        while (jpeg[end] != -1 || jpeg[end + 1] == 0) {
            end++;
        }
        byte[] scan = Arrays.copyOfRange(jpeg, first, end);
        int own = count(jpeg);
        byte[] hundred =
                inserted(jpeg, end, Collections.nCopies(100 - own, scan).toArray(byte[][]::new));
        byte[] more = inserted(hundred, end, scan);

        assertThat(PictureDecoder.read(hundred, "x").values())
                .isEqualTo(PictureDecoder.read(jpeg, "x").values());
        refused("it has more than 100 scans", () -> PictureDecoder.read(more, "x"));
    }

    private static int count(byte[] jpeg) {
        int scans = 0;
        for (int i = 0; i < jpeg.length - 1; i++) {
            scans += jpeg[i] == -1 && (jpeg[i + 1] & 0xFF) == START_OF_SCAN ? 1 : 0;
        }
        return scans;
    }

    @Test
    @DisplayName("A large JPEG is refused by the work that its scans are")
    void largeScans() throws IOException {
        byte[] jpeg = written(PictureFiles.corner(BufferedImage.TYPE_INT_RGB), "jpeg", true);
        int frame = place(jpeg, 0xC2);
        ByteBuffer.wrap(jpeg).putShort(frame + 5, (short) 12_000).putShort(frame + 7, (short) 12_000);

        long before = allocated();
        refused(
                count(jpeg) + " progressive scans of 12000x12000 pixels are too much",
                () -> PictureDecoder.read(jpeg, "x"));
        assertThat(allocated() - before).isLessThan(10_000_000);
    }

    @Test
    @DisplayName("Millions of empty comments before and behind the tables of a JPEG are passed over")
    void comments() throws IOException {
        byte[] jpeg = written(PictureFiles.corner(BufferedImage.TYPE_BYTE_GRAY), "jpeg", false);
        byte[] comments = repeated(segment(COMMENT), 2_000_000);
        byte[] notes = repeated(segment(0xE1, ascii("Exif\0\0")), 200_000);
        byte[] flooded = inserted(
                inserted(jpeg, place(jpeg, START_OF_SCAN), comments, notes), place(jpeg, 0xC0), comments, notes);

        assertThat(PictureDecoder.read(flooded, "x").values())
                .isEqualTo(PictureDecoder.read(jpeg, "x").values());
    }

    @Test
    @DisplayName("A JPEG of very many pieces that all count is refused")
    void pieces() throws IOException {
        byte[] jpeg = written(PictureFiles.corner(BufferedImage.TYPE_BYTE_GRAY), "jpeg", false);
        byte[] both = joined(segment(0xDD, new byte[2]), segment(COMMENT));
        byte[] flooded = inserted(jpeg, 2, repeated(both, 100_000));

        refused("it consists of more than 10000 parts", () -> PictureDecoder.read(flooded, "x"));
    }

    @Test
    @DisplayName("Packed texts and profiles in a PNG with a palette stay packed")
    void texts() throws IOException {
        byte[] png = written(PictureFiles.corner(BufferedImage.TYPE_BYTE_INDEXED), "png", false);
        byte[] packed = deflated(new byte[100_000_000]);
        byte[] text = chunk("zTXt", ascii("Comment\0\0"), packed);
        byte[] profile = chunk("zTXt", ascii("Raw profile type exif\0\0"), packed);
        byte[] international = chunk("iTXt", ascii("XML:com.adobe.xmp\0\1\0\0\0"), packed);
        byte[] colors = chunk("iCCP", ascii("sRGB\0\0"), packed);
        byte[] palette = chunk("sPLT", ascii("a\0\10"), new byte[1]);
        byte[] bomb = inserted(png, 33, text, profile, international, colors, palette);

        long before = allocated();
        assertThat(PictureDecoder.read(bomb, "x").values())
                .isEqualTo(PictureDecoder.read(png, "x").values());
        assertThat(allocated() - before).isLessThan(20_000_000);
    }

    @Test
    @DisplayName("A PNG of a million empty chunks is read, and a palette as long as it likes is none")
    void chunks() throws IOException {
        byte[] png = written(PictureFiles.corner(BufferedImage.TYPE_BYTE_GRAY), "png", false);
        byte[] empty = repeated(chunk("IDAT"), 500_000);
        byte[] private0 = repeated(chunk("prIv"), 500_000);
        byte[] flooded = inserted(png, 33, private0, empty);
        byte[] indexed = written(PictureFiles.corner(BufferedImage.TYPE_BYTE_INDEXED), "png", false);
        byte[] endless = chunk("PLTE");
        ByteBuffer.wrap(endless).putInt(0, Integer.MAX_VALUE);

        assertThat(PictureDecoder.read(flooded, "x").values())
                .isEqualTo(PictureDecoder.read(png, "x").values());
        long before = allocated();
        refused("", () -> PictureDecoder.read(inserted(indexed, 33, endless), "x"));
        assertThat(allocated() - before).isLessThan(20_000_000);
    }

    @Test
    @DisplayName("A PNG whose pixels have many bits is refused by their number")
    void bits() {
        byte[] header = ByteBuffer.allocate(13)
                .putInt(15_000)
                .putInt(15_000)
                .put(new byte[] {16, 6, 0, 0, 0})
                .array();
        byte[] png = joined(new byte[] {-119, 'P', 'N', 'G', 13, 10, 26, 10}, chunk("IHDR", header), chunk("IDAT"));

        refused("15000x15000 pixels of 64 bits are too much", () -> PictureDecoder.read(png, "x"));
    }

    @Test
    @DisplayName("A GIF with megabytes of comments is read")
    void gifComments() throws IOException {
        byte[] gif = written(PictureFiles.corner(BufferedImage.TYPE_BYTE_INDEXED), "gif", false);
        byte[] sub = joined(new byte[] {1}, ascii("c"));
        byte[] comment = joined(new byte[] {0x21, -2}, repeated(sub, 1_000_000), new byte[1]);
        byte[] program = joined(new byte[] {0x21, -1, 11}, ascii("ABCDEFGH1.0"), repeated(sub, 1_000_000), new byte[1]);
        int colors = 13 + (3 << ((gif[10] & 7) + 1));

        assertThat(PictureDecoder.read(inserted(gif, colors, comment, program), "x")
                        .values())
                .isEqualTo(PictureDecoder.read(gif, "x").values());
    }

    @ParameterizedTest
    @DisplayName(
            "A BMP that wraps a picture of another size, or whose profile is endless or elsewhere, is no way around")
    @ValueSource(ints = {4, 5, 0x4D424544, 0x4C494E4B})
    void bmp(int kind) throws IOException {
        byte[] bmp = PictureFiles.bmp(124, 255);
        ByteBuffer header = ByteBuffer.wrap(bmp).order(ByteOrder.LITTLE_ENDIAN);
        if (kind <= 5) {
            header.putInt(30, kind);
            refused("it wraps a JPEG or PNG picture", () -> PictureDecoder.read(bmp, "x"));
            return;
        }
        header.putInt(70, kind).putInt(126, 100).putInt(130, Integer.MAX_VALUE);

        long before = allocated();
        GreyImage grey = PictureDecoder.read(bmp, "x");
        assertThat(allocated() - before).isLessThan(20_000_000);
        assertThat(grey.at(3, 3)).isZero();
    }

    @ParameterizedTest
    @DisplayName("A picture full of dots is no writing")
    @ValueSource(ints = {3, 4, 6, 8})
    void dots(int apart) {
        byte[] pixels = new byte[510 * 510];
        for (int y = 2; y < 508; y += apart) {
            for (int x = 2; x < 508; x += apart) {
                pixels[y * 510 + x] = -1;
            }
        }
        GreyPicture picture = GreyPicture.of(510, 510, pixels, "x");

        long before = allocated();
        assertThatThrownBy(() -> Writing.of(picture)).isInstanceOf(DatasetException.class);
        assertThat(allocated() - before).isLessThan(200_000_000);
    }

    private static byte[] repeated(byte[] bytes, int times) {
        byte[] repeated = new byte[bytes.length * times];
        for (int i = 0; i < times; i++) {
            System.arraycopy(bytes, 0, repeated, i * bytes.length, bytes.length);
        }
        return repeated;
    }

    private static void refused(String reason, ThrowingCallable reading) {
        assertThatThrownBy(reading)
                .isInstanceOf(DatasetException.class)
                .hasMessageStartingWith("x: the picture is damaged or of a rare kind (" + reason);
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
