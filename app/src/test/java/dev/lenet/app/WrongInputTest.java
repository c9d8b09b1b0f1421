package dev.lenet.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with the input is one sentence that says what to do, exit code 2, and no harm done. */
class WrongInputTest {
    private static final Path MNIST = Path.of("../data/mnist").toAbsolutePath().normalize();

    @TempDir
    Path folder;

    private Path data = MNIST;

    @BeforeEach
    void anOldModelThatMustSurvive() throws IOException {
        data = Files.createDirectories(folder.resolve("digits"));
        Files.writeString(folder.resolve("model.safetensors"), "precious");
        Files.writeString(
                folder.resolve("config.yaml"),
                "data: {directory: digits, dataset: idx}\nmodel: {file: model.safetensors}\n");
    }

    private void assertWrong(ProgramRun run, String... parts) throws IOException {
        assertThat(run.exitCode()).as("%s%s", run.out(), run.err()).isEqualTo(2);
        assertThat(run.err()).contains(parts).doesNotContain("\tat ").doesNotContain("Exception");
        assertThat(run.err().lines()).as(run.err()).hasSize(1);
        assertThat(Files.readString(folder.resolve("model.safetensors"))).isEqualTo("precious");
    }

    private void place(String... names) throws IOException {
        for (String name : names) {
            Files.copy(MNIST.resolve(name + ".gz"), data.resolve(name + ".gz"));
        }
    }

    private ProgramRun train() {
        return ProgramRun.of(folder, "train", "--offline", "--max-steps", "1");
    }

    @Test
    void missingFiles() throws IOException {
        place("t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte");
        assertWrong(
                train(), "digits", "missing train-images-idx3-ubyte.gz, train-labels-idx1-ubyte.gz", "put them there");
    }

    @Test
    void missingFilesThatCouldBeFetchedWereItNotForOffline() throws IOException {
        ProgramRun run = ProgramRun.of(
                folder,
                "train",
                "--offline",
                "--config",
                write("fetch.yaml", "{data: {directory: nowhere}, model: {file: model.safetensors}}"));
        assertWrong(run, "nowhere: expected the four files of mnist", "--offline forbids fetching them");
    }

    @Test
    void truncatedGzip() throws IOException {
        place("train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte");
        byte[] whole = Files.readAllBytes(MNIST.resolve("train-images-idx3-ubyte.gz"));
        Files.write(data.resolve("train-images-idx3-ubyte.gz"), Arrays.copyOf(whole, whole.length / 2));
        assertWrong(
                train(), "train-images-idx3-ubyte.gz: the file is cut off in the middle", "Copy or fetch it again.");
    }

    @Test
    void wrongMagic() throws IOException {
        place("train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte");
        Files.writeString(data.resolve("train-images-idx3-ubyte"), "<html>404 - there is no such file here</html>");
        assertWrong(train(), "train-images-idx3-ubyte: expected an IDX file of images, received a web page.");
    }

    @Test
    void labelsOfOtherImages() throws IOException {
        place("train-images-idx3-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte");
        Files.copy(MNIST.resolve("t10k-labels-idx1-ubyte.gz"), data.resolve("train-labels-idx1-ubyte.gz"));
        assertWrong(train(), "expected one label for each of the 60000 images", "received 10000");
    }

    @Test
    void aLabelThatIsNoDigit() throws IOException {
        place("train-images-idx3-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte");
        ByteArrayOutputStream labels = new ByteArrayOutputStream();
        try (GZIPOutputStream zipped = new GZIPOutputStream(labels)) {
            zipped.write(new byte[] {0, 0, 8, 1, 0, 0, (byte) 0xEA, 0x60});
            byte[] values = new byte[60000];
            values[123] = 11;
            zipped.write(values);
        }
        Files.write(data.resolve("train-labels-idx1-ubyte.gz"), labels.toByteArray());
        ProgramRun run = ProgramRun.of(
                folder,
                "train",
                "--offline",
                "--config",
                write("mnist.yaml", "{data: {directory: digits}, model: {file: model.safetensors}}"));
        assertWrong(run, "expected labels from 0 to 9, received 11 for example 123");
    }

    @Test
    void imagesWithoutLabelsToEvaluate() throws IOException {
        ProgramRun run = ProgramRun.of(folder, "evaluate", "--images", "x");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--labels");
    }

    @Test
    void anUnknownEngine() throws IOException {
        assertWrong(
                ProgramRun.of(folder, "train", "--engine", "tensorflow"),
                "--engine (engine): expected native or djl, received the text 'tensorflow'. The default is native.");
    }

    @Test
    void anUnknownKey() throws IOException {
        Files.writeString(folder.resolve("config.yaml"), "training:\n  epocs: 3\n");
        assertWrong(
                train(), "config.yaml:2:3: training.epocs: there is no such setting. Did you mean 'training.epochs'?");
    }

    @Test
    void everyProblemOfAConfigurationAtOnce() throws IOException {
        Files.writeString(
                folder.resolve("config.yaml"),
                "engin: djl\ntraining:\n  epochs: many\n  batch_size: 0\nseed: 1\nseed: 2\n");
        ProgramRun run = ProgramRun.of(folder, "config", "check", "--lr", "-1");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().lines()).as(run.err()).hasSize(5);
    }

    @ParameterizedTest
    @CsvSource({"--output, digits", "--init, digits"})
    void aDirectoryWhereAFileIsExpected(String option, String directory) throws IOException {
        place("train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte");
        assertWrong(ProgramRun.of(folder, "train", option, directory), "digits: expected", "received a directory");
    }

    @Test
    void aDirectoryAsConfiguration() throws IOException {
        assertWrong(ProgramRun.of(folder, "--config", "digits", "train"), "digits", "directory");
    }

    @Test
    void aModelThatIsNone() throws IOException {
        assertWrong(ProgramRun.of(folder, "evaluate"), "model.safetensors", "safetensors");
        assertWrong(ProgramRun.of(folder, "evaluate", "--model", "none.safetensors"), "none.safetensors");
    }

    @Test
    void anImageThatIsNone() throws IOException {
        Path model = Path.of("../models/lenet5.safetensors").toAbsolutePath();
        assertWrong(
                ProgramRun.of(folder, "predict", "--model", model.toString(), "config.yaml"),
                "config.yaml: expected a PNG, JPEG, GIF or BMP");
        assertWrong(ProgramRun.of(folder, "predict", "--model", model.toString(), "none.png"), "none.png");
        assertWrong(ProgramRun.of(folder, "predict", "--model", model.toString(), "digits"), "digits", "directory");
    }

    @Test
    void aDeviceThatIsNotThere() throws IOException {
        place("train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte");
        for (String engine : new String[] {"native", "djl"}) {
            assertWrong(
                    ProgramRun.of(folder, "train", "--engine", engine, "--device", "cuda:7"), "cuda:7", "--device cpu");
        }
    }

    @Test
    void anUnknownOptionOrCommand() {
        ProgramRun option = ProgramRun.of(folder, "train", "--epoch", "3");
        assertThat(option.exitCode()).isEqualTo(2);
        assertThat(option.err()).contains("--epochs");
        ProgramRun command = ProgramRun.of(folder, "trian");
        assertThat(command.exitCode()).isEqualTo(2);
        assertThat(command.err()).contains("train");
        ProgramRun none = ProgramRun.of(folder);
        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.err())
                .contains(
                        "train, evaluate, predict, serve, report, runs, describe, compare, export, import, engines, config");
    }

    @Test
    void examplesOfOneClassAlone() throws IOException {
        TwoClasses.write(data, "train", 20, 3, -1);
        TwoClasses.write(data, "t10k", 4, 3, -1);

        assertWrong(
                train(),
                "train-labels-idx1-ubyte: expected labels of at least two classes, received 3 alone."
                        + " Add examples of another class.");
    }

    @Test
    void moreExamplesSetAsideThanThereAre() throws IOException {
        TwoClasses.write(data, 20, 4);

        assertWrong(
                train(),
                "data.validation_size: expected fewer than the 20 training examples of digits, received 5000."
                        + " Set fewer aside (--validation-size), or 0 for none.");
    }

    @Test
    void soManyExamplesSetAsideThatOneClassIsLeft() throws IOException {
        TwoClasses.write(data, 20, 4);

        assertWrong(
                ProgramRun.of(folder, "train", "--validation-size", "19"),
                "digits: expected examples of at least two classes to learn from, received 1 of one, after 19 were set"
                        + " aside. Set fewer aside (--validation-size), or add examples.");
    }

    @Test
    void pointersAndPagesInThePlaceOfData() throws IOException {
        place("train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte");
        Path images = data.resolve("train-images-idx3-ubyte.gz");
        Files.writeString(images, "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n");
        assertWrong(train(), "received the pointer that Git LFS keeps in the place of a file", "git lfs pull");
        Files.writeString(images, "<!DOCTYPE html>");
        assertWrong(train(), "received a web page.");
    }

    /** A loss is known before its update: three steps diverge in the last one, and only the validation can tell. */
    @ParameterizedTest
    @ValueSource(ints = {3, 100})
    void aRunThatDivergesFailsAndLeavesTheOldModel(int steps) throws IOException {
        place("train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte");
        // At its full size from the first step on, and with images as they are.
        Files.writeString(
                folder.resolve("config.yaml"),
                Files.readString(folder.resolve("config.yaml")) + "training: {schedule: constant, average_decay: 0}\n"
                        + "augmentation: {shift: 0, rotation: 0, scale: 0, shear: 0, aspect: 0}\n");
        String maxSteps = String.valueOf(steps);
        ProgramRun run =
                ProgramRun.of(folder, "train", "--json", "--optimizer", "sgd", "--lr", "100", "--max-steps", maxSteps);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("Training: expected a finite").contains("Lower the learning rate");
        assertThat(Files.readString(folder.resolve("model.safetensors"))).isEqualTo("precious");
    }

    @Test
    void aLinkAsOutputIsRefusedBeforeTheTraining() throws IOException {
        place("train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte");
        Files.createSymbolicLink(folder.resolve("link.safetensors"), folder.resolve("model.safetensors"));
        ProgramRun run = ProgramRun.of(folder, "train", "--output", "link.safetensors");
        assertWrong(run, "link.safetensors: expected a file or nothing at this place, received a symbolic link.");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void nothingIsLeftBehindByATrainingThatCannotBegin() throws IOException {
        place("train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte");
        assertWrong(
                ProgramRun.of(folder, "train", "--init", "none.safetensors", "--output", "new/m.safetensors"),
                "none.safetensors");
        assertThat(folder.resolve("new")).doesNotExist();
    }

    @Test
    void aConfigurationThatNamesNoEngineIsNotInOrder() throws IOException {
        assertWrong(ProgramRun.of(folder, "config", "check", "--engine", "nativ"), "Did you mean 'native'?");
    }

    @Test
    void aPictureWhoseNameBeginsWithAnAtIsAPicture() throws IOException {
        Files.writeString(folder.resolve("options.png"), "--version");
        Path model = Path.of("../models/lenet5.safetensors").toAbsolutePath();
        assertWrong(ProgramRun.of(folder, "predict", "--model", model.toString(), "@options.png"), "@options.png");
    }

    private String write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
        return name;
    }
}
