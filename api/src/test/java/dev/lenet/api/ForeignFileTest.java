package dev.lenet.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForeignFileTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "version https://git-lfs.github.com/spec/v1|the pointer that Git LFS keeps in the place of a file",
                "<!DOCTYPE html>|a web page",
                "\u00ef\u00bb\u00bf<html>|a web page",
                "PK\u0003\u0004....|a zip archive",
                "\u0089PNG\r|a PNG picture",
                "\u0093NUMPY|a NumPy array",
                "{'message': 'Not Found'}|text",
            })
    void isKnownByItsFirstBytes(String start, String what) {
        assertThat(ForeignFile.of(start.getBytes(StandardCharsets.ISO_8859_1)))
                .map(ForeignFile::what)
                .contains(what);
    }

    @Test
    void aTarArchiveIsKnownByAMarkFartherIn() {
        byte[] start = new byte[ForeignFile.BYTES];
        System.arraycopy("ustar".getBytes(StandardCharsets.US_ASCII), 0, start, 257, 5);

        assertThat(ForeignFile.of(start)).map(ForeignFile::what).contains("a tar archive");
        assertThat(ForeignFile.of(Arrays.copyOf(start, 260))).isEmpty();
    }

    @Test
    void gzipDataStayGzipData() {
        assertThat(ForeignFile.of(new byte[] {0x1f, (byte) 0x8b, 8}))
                .map(ForeignFile::received)
                .contains("received gzip data. Unpack it first.");
    }

    @Test
    void anythingElseIsNot() {
        for (byte[] start : new byte[][] {{}, {0, 0, 8, 3}, {1, 2, 3, 4}, {'a', 'b', 0, 'c'}, {-1, -2, -3, -4, 'a'}}) {
            assertThat(ForeignFile.of(start)).as(Arrays.toString(start)).isEmpty();
        }
    }

    @Test
    void endsAMessage() {
        assertThat(new ForeignFile("a web page", "Fetch it again.").received())
                .isEqualTo("received a web page. Fetch it again.");
    }
}
