package dev.lenet.vision;

import static dev.lenet.vision.PictureFiles.ascii;
import static dev.lenet.vision.PictureFiles.joined;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.lenet.api.DatasetException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FileKindTest {

    @ParameterizedTest(name = "{0}")
    @DisplayName("What is no picture is called what it is, with what to do")
    @MethodSource
    void named(String words, byte[] file) {
        String expected = "x.png: expected a PNG, JPEG, GIF or BMP picture of at most 200 MB, received ";

        assertThatThrownBy(() -> PictureDecoder.read(file, "x.png"))
                .isInstanceOf(DatasetException.class)
                .hasMessage(expected + words);
    }

    static List<Arguments> named() {
        String page = "a web page. Download the picture itself.";
        String unpack = ". Unpack it, and name the picture in it.";
        String export = ". Export it as PNG or JPEG.";
        return List.of(
                arguments("an empty file. Copy or download it again.", new byte[0]),
                arguments("a file of zeros. Copy or download it again.", new byte[1000]),
                arguments("a file of another kind" + export, hex("0102030405060708")),
                arguments("a text. Name a picture.", ascii("seven\nseven\n")),
                arguments(page, ascii("<html>404 Not Found</html>")),
                arguments(page, ascii("\n\r\n<!-- a comment --><!DOCTYPE HTML PUBLIC><title>Sign in</title>")),
                arguments(page, "\uFEFF<!doctype html><title>Anmelden</title>".getBytes(StandardCharsets.UTF_8)),
                arguments(page, "<html>".getBytes(StandardCharsets.UTF_16)),
                arguments("an SVG drawing" + export, ascii("<?xml version=\"1.0\"?>\n<!-- -->\n<svg width=\"1\"/>")),
                arguments(
                        "a text in XML or HTML. Download the picture itself.",
                        ascii("<?xml version=\"1.0\"?><Error/>")),
                arguments(
                        "a Git LFS pointer, not the file itself. Fetch the file by: git lfs pull",
                        ascii("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n")),
                arguments("a PDF document. Export the page as PNG or JPEG.", ascii("%PDF-1.7\n%\u00e2\u00e3")),
                arguments("a WebP picture" + export, ascii("RIFF\1\2\3\4WEBPVP8 ")),
                arguments("a HEIC picture" + export, ascii("\0\0\0\30ftypheic\0\0\0\0mif1heic")),
                arguments("a HEIC picture" + export, ascii("\0\0\0\30ftyphevc\0\0\0\0mif1heic")),
                arguments("an AVIF picture" + export, ascii("\0\0\0\34ftypavif\0\0\0\0avifmif1")),
                arguments("a HEIF picture" + export, ascii("\0\0\0\34ftypmif1\0\0\0\0heicmif1")),
                arguments("a film. Save one image of it as PNG or JPEG.", ascii("\0\0\0\34ftypisom\0\0\2\0isom")),
                arguments("a TIFF picture or a raw photo" + export, ascii("II*\0\10\0\0\0")),
                arguments("a TIFF picture or a raw photo" + export, ascii("MM\0*\0\0\0\10")),
                arguments("a JPEG XL picture" + export, hex("ff0a00")),
                arguments("a gzip file" + unpack, hex("1f8b0800")),
                arguments("a ZIP archive, or a document made of one" + unpack, ascii("PK\3\4\24")),
                arguments("a tar archive" + unpack, joined(new byte[] {'7'}, new byte[256], ascii("ustar\0"))),
                arguments(
                        "images or labels in MNIST's format. Name a picture; this is a data set.",
                        hex("00000803000027100000001c")),
                arguments(
                        "a safetensors file. Name a picture; this is a model.",
                        ascii("\120\0\0\0\0\0\0\0{\"conv1.weight\":")),
                arguments("what macOS notes about another file. Name the file without '._'.", hex("0005160700020000")),
                arguments(
                        "a PNG picture that was changed on its way as if it were text. Copy or download it again.",
                        hex("89504e470a1a0a")),
                arguments(
                        "a picture written as text (a data URL). Save the picture itself.",
                        ascii("data:image/png;base64,")));
    }

    @Test
    @DisplayName("A stream of something else is refused by its start, however long it is")
    void endless() {
        AtomicInteger given = new AtomicInteger();
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return read(new byte[1], 0, 1);
            }

            @Override
            public int read(byte[] target, int from, int count) {
                assertThat(given.addAndGet(count)).as("bytes asked for").isLessThan(10_000);
                return count;
            }
        };

        assertThatThrownBy(() -> PictureDecoder.read(endless, "zeros"))
                .isInstanceOf(DatasetException.class)
                .hasMessageEndingWith("received a file of zeros. Copy or download it again.");
    }

    private static byte[] hex(String bytes) {
        return HexFormat.of().parseHex(bytes);
    }
}
