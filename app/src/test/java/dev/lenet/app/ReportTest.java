package dev.lenet.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.lenet.api.model.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The {@code report} command, and the report that {@code train} ends with. */
class ReportTest {
    @TempDir
    Path folder;

    @BeforeEach
    void smallData() throws IOException {
        TwoClasses.write(folder.resolve("two"), 80, 40);
        Files.writeString(folder.resolve("config.yaml"), """
                data: {dataset: idx, directory: two, validation_size: 16}
                training: {epochs: 2, optimizer: adam, learning_rate: 0.001}
                """);
    }

    private ProgramRun run(String... arguments) {
        ProgramRun run = ProgramRun.of(folder, arguments);
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        return run;
    }

    private String refused(String... arguments) {
        ProgramRun run = ProgramRun.of(folder, arguments);
        assertThat(run.exitCode()).as(run.out()).isEqualTo(2);
        assertThat(run.err().lines()).as(run.err()).hasSize(1);
        return run.err();
    }

    private Path directory(String name) {
        return folder.resolve("models/runs").resolve(name);
    }

    private String page(String directory) throws IOException {
        return Files.readString(folder.resolve(directory).resolve("report.html"));
    }

    @Test
    void trainingEndsWithAReportAndSaysWhereItIs() throws IOException {
        ProgramRun training = run("train", "--run", "a");

        assertThat(training.out()).endsWith("report   models/runs/a/report.html\n");
        String page = page("models/runs/a");
        assertThat(page)
                .contains("<h1>Run a</h1>", "epoch 2: training loss", "<dt>epochs</dt><dd>2</dd>")
                .contains("data.sha256.train-labels-idx1-ubyte", "Every setting (config.yaml)", "id=\"map-0\"")
                .contains("<b>conv1 (C1)</b> 6 filters of 5x5", "<b>conv2 (C3)</b> 16 filters of 5x5")
                .contains("<b>fc3</b> [2]");
        for (String picture : List.of("results.png", "curves.png", "confusion.png")) {
            assertThat(ImageIO.read(directory("a").resolve(picture).toFile()).getWidth())
                    .as(picture)
                    .isGreaterThan(200);
        }
    }

    @Test
    void theCommandWritesTheVeryReportThatTheTrainingWrote() throws IOException {
        run("train", "--run", "a");
        String page = page("models/runs/a");
        Files.delete(directory("a").resolve("report.html"));

        JsonObject event = run("report", "--json").json().get(0);

        String again = page("models/runs/a");
        assertThat(page).doesNotContain("robustness\"");
        assertThat(again).contains("<section id=\"robustness\">");
        assertThat(withoutRobustness(again)).isEqualTo(withoutRobustness(page));
        assertThat(event.get("report").getAsString()).isEqualTo("models/runs/a/report.html");
        assertThat(event.get("ece").getAsDouble()).isBetween(0.0, 1.0);
        run("report", "--output", "elsewhere", "--quiet");
        assertThat(page("elsewhere")).isEqualTo(again);
    }

    /** A training does not wait for what takes other images than the test's. */
    private static String withoutRobustness(String page) {
        return page.replaceAll("(?s)<section id=\"robustness\">.*?</section>", "")
                .replace("<a href=\"#robustness\">Robustness</a>", "")
                .replaceAll("(?m)^\\s+", "");
    }

    @Test
    void aModelAloneHasAReportWithoutCurves() throws IOException {
        TwoClasses.write(folder.resolve("two"), 1100, 40);
        run("train", "--run", "a", "--output", "m.safetensors");
        assertThat(ModelFile.read(folder.resolve("m.safetensors"), List.of()).facts())
                .containsKey("novelty_directions");

        ProgramRun report = run("report", "--model", "m.safetensors");

        assertThat(report.out()).endsWith("report   reports/m/report.html\n");
        assertThat(page("reports/m"))
                .contains("<h1>Model m.safetensors</h1>", "Nothing is known of the training", "<td>2</td>")
                .doesNotContain("novelty");
        assertThat(folder.resolve("reports/m/curves.png")).isNotEmptyFile();
    }

    @Test
    void anExampleAskedForIsShownFirst() throws IOException {
        run("train", "--run", "a");

        run("report", "--example", "17");

        assertThat(page("models/runs/a"))
                .contains("id=\"map-17\" checked=\"checked\"")
                .contains("test image 17: 1");
        assertThat(refused("report", "--quiet", "--example", "40"))
                .startsWith("--example: expected the number of a test image, 0 to 39, received 40.");
        assertThat(refused("report", "--example", "seven")).startsWith("--example: expected the number");
    }

    @Test
    void aReportThatCannotBeWrittenCostsNeitherRunNorModel() throws IOException {
        Files.createDirectories(directory("a").resolve("report.html/in the way"));

        ProgramRun training = run("train", "--run", "a", "--output", "m.safetensors");

        assertThat(training.err())
                .startsWith("The report could not be written (")
                .contains("received a directory", "Model and run are complete", "report --run a");
        assertThat(training.out()).contains("model    m.safetensors");
        assertThat(folder.resolve("m.safetensors")).isNotEmptyFile();
        assertThat(Files.readString(directory("a").resolve("manifest.json"))).contains("\"status\": \"complete\"");
    }

    @Test
    void eachRunHasAModelOfItsOwn() throws IOException {
        run("train", "--run", "a");
        run("train", "--run", "b", "--seed", "5", "--epochs", "1");

        assertThat(directory("a").resolve("model.safetensors")).isNotEmptyFile();
        run("report", "--run", "a");
        assertThat(page("models/runs/a")).contains("<h1>Run a</h1>");
        assertThat(refused("report", "--run", "a", "--model", "copy.safetensors"))
                .startsWith("--run: expected --run or --model");
    }

    @Test
    void aRunThatDidNotGetToItsEndIsRefusedAndPassedOver() throws IOException {
        run("train", "--run", "a");
        run("train", "--run", "cut", "--max-steps", "1");
        Path manifest = directory("cut").resolve("manifest.json");
        Files.writeString(manifest, Files.readString(manifest).replace("\"results\"", "\"other\""));

        assertThat(refused("report", "--run", "cut"))
                .startsWith("--run: expected a run that got to its end, received 'cut'");
        assertThat(run("report").err()).startsWith("Model: models/runs/a/model.safetensors, of the newest run");
        assertThat(refused("report", "--run", "gone")).startsWith("--run: expected the name of a run in models/runs");
    }

    @Test
    void aResumedRunSaysThatItsLearningRateIsTheLastOne() throws IOException {
        run("train", "--run", "a", "--max-steps", "2");
        run("train", "--resume", "--run", "a", "--max-steps", "0");

        assertThat(page("models/runs/a")).contains("The run went on once after it had ended");
    }

    @Test
    void aDamagedHistoryIsNamed() throws IOException {
        run("train", "--run", "a");
        for (String damaged : List.of("{}", "[1]", "[{\"epoch\": 1}]", "[{\"epoch\": \"x\"}]", "[")) {
            Files.writeString(directory("a").resolve("history.json"), damaged);
            assertThat(refused("report", "--run", "a"))
                    .startsWith("models/runs/a/history.json: expected a row for each epoch");
        }
        Files.delete(directory("a").resolve("history.json"));
        run("report", "--run", "a");
        assertThat(page("models/runs/a")).contains("Nothing is known of the training");
    }

    /** Java's own text asks the font manager, which fails where there is none; nothing of it may be loaded. */
    @Test
    void thePicturesAskForNoFontOfTheMachine() throws Exception {
        run("train", "--run", "a");
        Path log = folder.resolve("classes.log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xlog:class+load:file=" + log,
                        "-Dsun.awt.fontconfig=" + folder.resolve("nowhere"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.lenet.app.Main",
                        "report",
                        "--output",
                        "fontless")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("out")))
                .isZero();

        String classes = Files.readString(log);
        assertThat(classes).contains("java.awt.image.BufferedImage", "dev.lenet.report.chart.PixelCanvas");
        assertThat(classes.lines())
                .noneMatch(
                        line -> line.matches(".*sun\\.font\\.\\w*(FontManager|FontConfiguration|StrikeCache)\\w* .*"));
        for (String picture : List.of("results.png", "curves.png", "confusion.png")) {
            assertThat(folder.resolve("fontless").resolve(picture))
                    .hasSameBinaryContentAs(directory("a").resolve(picture));
        }
    }
}
