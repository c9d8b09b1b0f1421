package dev.lenet.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.lenet.api.data.Normalization;
import dev.lenet.api.model.ModelFile;
import dev.lenet.api.model.Safetensors;
import dev.lenet.api.network.LeNet5;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.TensorData;
import dev.lenet.api.network.Weights;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code export}: what is in the files is tested where they are made. */
class ExportTest {
    private static final Path SHIPPED =
            Path.of("../models/lenet5.safetensors").toAbsolutePath().normalize();

    @TempDir
    Path folder = Path.of("");

    private ProgramRun export(String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = "export";
        all[1] = "--model";
        all[2] = SHIPPED.toString();
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        return ProgramRun.of(folder, all);
    }

    @Test
    void theEndingSaysTheFormatAndFoldersAreMade() throws IOException {
        ProgramRun run = export("--output", "out/digits.onnx", "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonObject event = run.json().get(0);
        byte[] file = Files.readAllBytes(folder.resolve("out/digits.onnx"));
        assertThat(event.get("format").getAsString()).isEqualTo("onnx");
        assertThat(event.get("bytes").getAsLong()).isEqualTo(file.length);
        assertThat(new String(file, StandardCharsets.ISO_8859_1))
                .contains("conv1.weight", "Gemm", "images", "logits", "test_accuracy", "lenet.mean")
                .doesNotContain("Softmax");
    }

    @Test
    void preprocessingGoesIntoTheGraph() throws IOException {
        assertThat(export("--output", "m.onnx", "--with-preprocessing", "--opset", "13")
                        .exitCode())
                .isZero();

        assertThat(new String(Files.readAllBytes(folder.resolve("m.onnx")), StandardCharsets.ISO_8859_1))
                .contains("pixels", "Cast", "Softmax", "probabilities");
    }

    @Test
    void safetensorsHoldTheSameWeights() {
        assertThat(export("--output", "m.bin", "--format", "safetensors").exitCode())
                .isZero();

        assertThat(ModelFile.read(folder.resolve("m.bin"), List.of()).weights().tensors())
                .usingRecursiveComparison()
                .isEqualTo(ModelFile.read(SHIPPED, List.of()).weights().tensors());
    }

    @Test
    void sourceCodeIsNamedLikeItsFile() throws IOException {
        assertThat(export("--output", "Digits.java").exitCode()).isZero();
        assertThat(export("--output", "digits.h").exitCode()).isZero();

        assertThat(folder.resolve("Digits.java")).content().contains("public final class Digits {");
        assertThat(folder.resolve("digits.h")).content().contains("digits_", "float");
        assertThat(export("--output", "small.h", "--int8").exitCode()).isZero();
        assertThat(folder.resolve("small.h"))
                .content()
                .contains("small_classify")
                .doesNotContain("float");
    }

    @Test
    void whatWasExportedIsImportedAsTheSameModel() {
        assertThat(export("--output", "m.onnx").exitCode()).isZero();

        ProgramRun run = ProgramRun.of(folder, "import", "m.onnx", "--output", "again.safetensors");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).isEqualTo("""
                        network  LeNet-5, 61,706 parameters
                        pixels   mean 0.1307, standard deviation 0.3081
                        model    again.safetensors
                        """);
        ModelFile again = ModelFile.read(folder.resolve("again.safetensors"), List.of());
        ModelFile shipped = ModelFile.read(SHIPPED, List.of());
        assertThat(again.network()).isEqualTo(shipped.network());
        assertThat(again.weights().tensors())
                .usingRecursiveComparison()
                .isEqualTo(shipped.weights().tensors());
        assertThat(again.classNames()).isEqualTo(shipped.classNames());
    }

    /** As PyTorch saves a state_dict: nothing but names, shapes and values. */
    private Path weights(Network network, String prefix) {
        Map<String, TensorData> tensors = new LinkedHashMap<>();
        Weights.initial(network, 2).tensors().forEach((name, tensor) -> tensors.put(prefix + name, tensor));
        Path file = folder.resolve("weights.safetensors");
        new Safetensors(Map.of(), tensors).write(file);
        return file;
    }

    @Test
    void weightsAloneBecomeAModelAndWhatWasAssumedIsSaid() {
        weights(LeNet5.network(0), "module.");

        ProgramRun run = ProgramRun.of(folder, "import", "weights.safetensors", "--output", "m.safetensors");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("network  LeNet-5, 44,426 parameters", "mean 0.1307, standard deviation 0.3081");
        assertThat(run.err())
                .contains("prefix 'module.'", "a padding of 0;", "--network lenet5-tanh", "--mean and --std");
        ModelFile model = ModelFile.read(folder.resolve("m.safetensors"), List.of());
        assertThat(model.network()).isEqualTo(LeNet5.network(0));
        assertThat(model.weights().get("fc3.bias"))
                .isEqualTo(Weights.initial(LeNet5.network(0), 2).get("fc3.bias"));
    }

    @Test
    void optionsSayWhatWeightsDoNot() {
        weights(LeNet5.network(1), "");

        ProgramRun run = ProgramRun.of(
                folder,
                "import",
                "weights.safetensors",
                "--output",
                "m.safetensors",
                "--network",
                "lenet5-tanh",
                "--padding",
                "1",
                "--mean",
                "0.5",
                "--std",
                "0.25");

        assertThat(run.exitCode()).as(run.err()).isZero();
        ModelFile model = ModelFile.read(folder.resolve("m.safetensors"), List.of());
        assertThat(model.network()).isEqualTo(LeNet5.tanh(1, 10));
        assertThat(model.normalization()).isEqualTo(new Normalization(0.5, 0.25));
    }

    @Test
    void aPageHoldsTheModel() throws IOException {
        assertThat(export("--output", "digits.html").exitCode()).isZero();

        assertThat(folder.resolve("digits.html")).content().contains("Content-Security-Policy", "61,706 parameters");
    }

    @Test
    void anOnnxFileThatIsNoneIsASentence() throws IOException {
        Files.writeString(folder.resolve("m.onnx"), "no model");

        ProgramRun run = ProgramRun.of(folder, "import", "m.onnx", "--output", "m.safetensors");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.err()).contains("m.onnx: expected");
        assertThat(folder.resolve("m.safetensors")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--output m.bin | --output: expected a file that ends with .onnx or .safetensors or .java or .h or .html, received m.bin. Rename it,"
                        + " or name the format with --format.",
                "--output m.bin --format pickle | --format: expected onnx or safetensors or java or c or html, received 'pickle'. Leave it out to go"
                        + " by the ending of --output.",
                "--output m.onnx --int8 | --int8: expected the format c, received onnx. Leave --int8 out, or write a header.",
                "--output m.onnx --opset 12 | --opset: ONNX: expected the opset 13 or 17, received 12. Most programs read 17."
            })
    void whatCannotBeIsASentence(String arguments, String message) {
        ProgramRun run = export(arguments.split(" ", -1));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).isEqualTo(message + "\n");
        assertThat(folder).isEmptyDirectory();
    }
}
