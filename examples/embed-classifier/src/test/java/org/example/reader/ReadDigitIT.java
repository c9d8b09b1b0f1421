package org.example.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The packaged program, started as its users start it")
class ReadDigitIT {
    private static final Path JAR = Path.of("target/embed-classifier.jar");
    private static final Path LIBRARIES = Path.of("target/lib");
    private static final Path MODEL = Path.of("../../models/lenet5.safetensors");

    @TempDir
    private Path folder;

    /** What a program printed, and how it ended. */
    private record Run(int exitCode, String out, String err) {}

    private Run run(Path... arguments) throws IOException, InterruptedException {
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        List<String> command = Stream.concat(
                        Stream.of(Path.of(System.getProperty("java.home"), "bin", "java"), Path.of("-jar"), JAR),
                        Stream.of(arguments))
                .map(Path::toString)
                .toList();
        int exitCode = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start()
                .waitFor();
        return new Run(
                exitCode, Files.readString(out, StandardCharsets.UTF_8), Files.readString(err, StandardCharsets.UTF_8));
    }

    /** A seven in blue on grey paper, as a telephone would take it: large, off the middle, slanted. */
    private Path seven() throws IOException {
        BufferedImage photo = new BufferedImage(1200, 900, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = photo.createGraphics();
        pen.setColor(new Color(205, 200, 190));
        pen.fillRect(0, 0, 1200, 900);
        pen.setColor(new Color(25, 35, 120));
        pen.setStroke(new BasicStroke(30, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        Path2D stroke = new Path2D.Double();
        stroke.moveTo(420, 250);
        stroke.lineTo(680, 240);
        stroke.lineTo(520, 650);
        pen.draw(stroke);
        pen.dispose();
        Path file = folder.resolve("seven.jpg");
        ImageIO.write(photo, "jpg", file.toFile());
        return file;
    }

    @Test
    @DisplayName("It reads a photo with the shipped model")
    void photo() throws Exception {
        Run run = run(MODEL, seven());

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).matches("(perhaps )?7 \\(\\d+\\.\\d %\\)\\R");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    @DisplayName("A picture that is not there is one sentence")
    void missingPicture() throws Exception {
        Run run = run(MODEL, Path.of("nowhere.png"));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).matches("nowhere\\.png: expected a picture, found none\\. .*\\R");
    }

    @Test
    @DisplayName("All its jars together are smaller than 3 MB")
    void size() throws IOException {
        long bytes = Files.size(JAR);
        try (Stream<Path> libraries = Files.list(LIBRARIES)) {
            for (Path library : libraries.toList()) {
                bytes += Files.size(library);
            }
        }
        assertThat(bytes).isLessThan(3_000_000);
    }
}
