package dev.lenet.vision;

import static dev.lenet.vision.PictureFiles.SHORT;
import static dev.lenet.vision.PictureFiles.ascii;
import static dev.lenet.vision.PictureFiles.chunk;
import static dev.lenet.vision.PictureFiles.deflated;
import static dev.lenet.vision.PictureFiles.exif;
import static dev.lenet.vision.PictureFiles.inserted;
import static dev.lenet.vision.PictureFiles.joined;
import static dev.lenet.vision.PictureFiles.place;
import static dev.lenet.vision.PictureFiles.segment;
import static dev.lenet.vision.PictureFiles.tiff;
import static dev.lenet.vision.PictureFiles.written;
import static dev.lenet.vision.PictureFiles.xmp;
import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OrientationNotesTest {
    private static final int APP0 = 0xE0;
    private static final int APP1 = 0xE1;
    private static final int TABLE = 0xDB;
    private static final int SCAN = 0xDA;
    private static final byte[] XMP = ascii("http://ns.adobe.com/xap/1.0/\0");
    private static final byte[] MARK = ascii("Exif\0\0");

    @ParameterizedTest(name = "{0}")
    @DisplayName("A picture that was stored lying is turned, wherever and however that is noted")
    @MethodSource
    void turned(String way, byte[] file) {
        assertThat(darkCorner(file)).as(way).isEqualTo("32x48 upper right");
    }

    static List<Arguments> turned() throws IOException {
        byte[] jpeg = written(PictureFiles.corner(BufferedImage.TYPE_BYTE_GRAY), "jpeg", false);
        byte[] progressive = written(PictureFiles.corner(BufferedImage.TYPE_BYTE_GRAY), "jpeg", true);
        byte[] png = written(PictureFiles.corner(BufferedImage.TYPE_BYTE_INDEXED), "png", false);
        byte[] note = segment(APP1, exif(6));
        byte[] silent = segment(APP1, exif(0));
        byte[] fill = {-1, -1, -1};
        int behindApp0 = place(jpeg, TABLE);
        byte[] hex = ascii("\nexif\n      44\n" + HexFormat.of().formatHex(exif(6)) + "\n");
        byte[] attribute = xmp("tiff:Orientation=\"6\">");
        int last = png.length - 12;
        return List.of(
                arguments("first of all", inserted(jpeg, 2, note)),
                arguments("first of a progressive one", inserted(progressive, 2, note)),
                arguments("after JFIF", inserted(jpeg, behindApp0, note)),
                arguments("after the tables", inserted(jpeg, place(jpeg, SCAN), note)),
                arguments("after fill bytes", inserted(jpeg, 2, fill, note)),
                arguments("after fill bytes, before fill bytes", inserted(jpeg, behindApp0, fill, note, fill)),
                arguments("after fill bytes of another segment", inserted(jpeg, 2, fill, segment(0xED), note)),
                arguments("after a comment", inserted(jpeg, 2, segment(0xFE, ascii("Exif")), note)),
                arguments("after XMP", inserted(jpeg, 2, segment(APP1, XMP, xmp(">")), note)),
                arguments("after Exif that does not say it", inserted(jpeg, 2, silent, note)),
                arguments("after Exif that is cut off", inserted(jpeg, 2, segment(APP1, MARK, ascii("MM")), note)),
                arguments("after garbage", inserted(jpeg, behindApp0, ascii("garbage"), note)),
                arguments("the low byte first", of(jpeg, tiff(LITTLE_ENDIAN, SHORT, 8, 6))),
                arguments("as a LONG", of(jpeg, tiff(BIG_ENDIAN, 4, 8, 6))),
                arguments("as a LONG, the low byte first", of(jpeg, tiff(LITTLE_ENDIAN, 4, 8, 6))),
                arguments("as a BYTE", of(jpeg, tiff(BIG_ENDIAN, 1, 8, 6))),
                arguments("in a directory further on", of(jpeg, tiff(BIG_ENDIAN, SHORT, 4000, 6))),
                arguments("in XMP, as an attribute", inserted(jpeg, 2, segment(APP1, XMP, attribute))),
                arguments(
                        "in XMP, as an element",
                        inserted(jpeg, 2, segment(APP1, XMP, xmp("><tiff:Orientation> 6 </tiff:Orientation>")))),
                arguments("Exif before XMP", inserted(jpeg, 2, segment(APP1, XMP, xmp("tiff:Orientation='3'>")), note)),
                arguments("PNG", inserted(png, 33, chunk("eXIf", tiff(BIG_ENDIAN, SHORT, 8, 6)))),
                arguments("PNG, with a mark", inserted(png, 33, chunk("eXIf", exif(6)))),
                arguments("PNG, at the end", inserted(png, last, chunk("eXIf", tiff(LITTLE_ENDIAN, SHORT, 8, 6)))),
                arguments(
                        "PNG, in XMP",
                        inserted(png, 33, chunk("iTXt", ascii("XML:com.adobe.xmp\0\0\0\0\0"), attribute))),
                arguments(
                        "PNG, in packed XMP",
                        inserted(png, 33, chunk("iTXt", ascii("XML:com.adobe.xmp\0\1\0en\0\0"), deflated(attribute)))),
                arguments("PNG, in a text", inserted(png, 33, chunk("tEXt", ascii("Raw profile type exif\0"), hex))),
                arguments(
                        "PNG, in a packed text",
                        inserted(png, 33, chunk("zTXt", ascii("Raw profile type APP1\0\0"), deflated(hex)))));
    }

    private static byte[] of(byte[] jpeg, byte[] tiff) {
        return inserted(jpeg, 2, segment(APP1, MARK, tiff));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("A picture without a sensible note is left as it is")
    @MethodSource
    void upright(String way, byte[] file) {
        assertThat(darkCorner(file)).as(way).isEqualTo("48x32 upper left");
    }

    static List<Arguments> upright() throws IOException {
        byte[] jpeg = written(PictureFiles.corner(BufferedImage.TYPE_INT_RGB), "jpeg", false);
        byte[] png = written(PictureFiles.corner(BufferedImage.TYPE_INT_RGB), "png", false);
        return List.of(
                arguments("no note", jpeg),
                arguments("no note in PNG", png),
                arguments("upright", inserted(jpeg, 2, segment(APP1, exif(1)))),
                arguments(
                        "upright in Exif, not in XMP",
                        inserted(jpeg, 2, segment(APP1, XMP, xmp("tiff:Orientation=\"6\">")), segment(APP1, exif(1)))),
                arguments("9", inserted(jpeg, 2, segment(APP1, exif(9)))),
                arguments("in a comment", inserted(jpeg, 2, segment(0xFE, exif(6)))),
                arguments("in APP0", inserted(jpeg, 2, segment(APP0, exif(6)))),
                arguments("an empty note", inserted(jpeg, 2, segment(APP1, MARK))),
                arguments("a directory that is nowhere", of(jpeg, cut(tiff(BIG_ENDIAN, SHORT, 4000, 6)))),
                arguments("PNG with an empty note", inserted(png, 33, chunk("eXIf"))),
                arguments("PNG with a text that ends", inserted(png, 33, chunk("iTXt", ascii("XML:com.adobe.xmp")))),
                arguments(
                        "PNG with a profile of no digits",
                        inserted(png, 33, chunk("tEXt", ascii("Raw profile type exif\0\nexif\n2\nno\n")))));
    }

    private static byte[] cut(byte[] tiff) {
        return java.util.Arrays.copyOf(tiff, 100);
    }

    /** The picture's size and where it is dark. */
    private static String darkCorner(byte[] file) {
        GreyImage grey = PictureDecoder.read(joined(file), "corner");
        int right = grey.width() - 3;
        int bottom = grey.height() - 3;
        StringBuilder dark = new StringBuilder(grey.width() + "x" + grey.height());
        dark.append(grey.at(2, 2) < 50 ? " upper left" : "");
        dark.append(grey.at(right, 2) < 50 ? " upper right" : "");
        dark.append(grey.at(2, bottom) < 50 ? " lower left" : "");
        return dark.append(grey.at(right, bottom) < 50 ? " lower right" : "").toString();
    }
}
