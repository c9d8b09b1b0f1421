package dev.lenet.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lenet.api.LenetException;
import dev.lenet.api.data.ClassNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A report on disk. */
class ReportFilesTest {
    @TempDir
    Path folder;

    private static ReportData data() {
        return Samples.data(
                ClassNames.numbered(10, 0), Samples.predictions(Samples.images(10, 20), 0.8), Samples.history(3, true));
    }

    @Test
    void equalDataGiveEqualBytes() throws IOException {
        Report.write(folder.resolve("a"), data());
        Report.write(folder.resolve("b"), data());

        for (String name : names()) {
            assertThat(folder.resolve("a").resolve(name))
                    .hasSameBinaryContentAs(folder.resolve("b").resolve(name));
        }
    }

    @Test
    void aReportIsAPageAndThreePictures() throws IOException {
        Report.write(folder.resolve("made/by it"), data());

        try (Stream<Path> files = Files.list(folder.resolve("made/by it"))) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrderElementsOf(names());
        }
        for (String picture : Report.PICTURES) {
            assertThat(ImageIO.read(folder.resolve("made/by it")
                                    .resolve(picture)
                                    .toFile())
                            .getWidth())
                    .as(picture)
                    .isGreaterThan(900);
        }
    }

    @Test
    void aReportThatCannotBeWrittenSaysWhere() throws IOException {
        Path taken = Files.writeString(folder.resolve("taken"), "a file");

        assertThatThrownBy(() -> Report.write(taken, data()))
                .isInstanceOf(LenetException.class)
                .hasMessageContaining("taken");
    }

    private static List<String> names() {
        return Stream.concat(Stream.of(Report.PAGE), Report.PICTURES.stream()).toList();
    }
}
