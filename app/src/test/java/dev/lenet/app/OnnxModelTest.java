package dev.lenet.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lenet.api.model.AtomicFile;
import dev.lenet.api.model.ModelFile;
import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.Flatten;
import dev.lenet.api.network.Linear;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Weights;
import dev.lenet.interop.Onnx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An ONNX file is a model to every command that takes one, whatever the file is called. */
class OnnxModelTest {
    private static final Path SHIPPED =
            Path.of("../models/lenet5.safetensors").toAbsolutePath().normalize();

    private static final String SEVEN =
            Path.of("../docs/seven.png").toAbsolutePath().normalize().toString();

    @TempDir
    Path folder = Path.of("");

    @BeforeEach
    void write() {
        ModelFile model = ModelFile.read(SHIPPED, List.of());
        for (String name : List.of("m.onnx", "m.safetensors")) {
            AtomicFile.write(folder.resolve(name), out -> Onnx.write(model, out));
        }
    }

    /** What a command prints of the model, but for the model's own path. */
    private String output(String model, String... command) {
        String[] all = java.util.Arrays.copyOf(command, command.length + 2);
        all[command.length] = "--model";
        all[command.length + 1] = model;
        ProgramRun run = ProgramRun.of(folder, all);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run.out().replace(model, "MODEL").replaceAll("\\d+(\\.\\d+)? ms", "TIME");
    }

    @ParameterizedTest
    @ValueSource(strings = {"m.onnx", "m.safetensors"})
    void isDescribedAndReadsPictures(String name) {
        for (String[] command : List.of(new String[] {"describe"}, new String[] {"predict", SEVEN})) {
            assertThat(output(name, command)).isEqualTo(output(SHIPPED.toString(), command));
        }
    }

    @Test
    void isEvaluatedReportedAndExported() throws IOException {

        assertThat(output("m.onnx", "evaluate")).isEqualTo(output(SHIPPED.toString(), "evaluate"));
        output("m.onnx", "report", "--output", "page");
        assertThat(Files.readString(folder.resolve("page/report.html"))).contains("98.");
        output("m.onnx", "export", "--output", "again.safetensors");
        assertThat(ModelFile.read(folder.resolve("again.safetensors"), List.of())
                        .weights()
                        .tensors())
                .usingRecursiveComparison()
                .isEqualTo(ModelFile.read(SHIPPED, List.of()).weights().tensors());
    }

    @Test
    void otherImagesAreDescribedAndNotRead() {
        Network network = Network.input(5, 8, 8)
                .layer("conv", Conv2d.of(2, 3))
                .layer("flatten", new Flatten())
                .layer("fc", Linear.of(10))
                .build();
        ModelFile model = new ModelFile(network, Weights.initial(network, 1), null, Map.of());
        AtomicFile.write(folder.resolve("deep.onnx"), out -> Onnx.write(model, out));

        assertThat(output("deep.onnx", "describe")).contains("[5, 8, 8]");
        ProgramRun predict = ProgramRun.of(folder, "predict", SEVEN, "--model", "deep.onnx");
        assertThat(predict.exitCode()).isEqualTo(2);
        assertThat(predict.err())
                .contains("deep.onnx: expected a network for images of 1 or 3 channels, received one for [5, 8, 8].");
    }

    /** As long as it starts like one, it is an ONNX file to messages as well. */
    @Test
    void oneThatIsCutOffIsSaidToBeSo() throws IOException {
        byte[] whole = Files.readAllBytes(folder.resolve("m.onnx"));
        Files.write(folder.resolve("cut"), java.util.Arrays.copyOf(whole, 20_000));
        ProgramRun run = ProgramRun.of(folder, "describe", "--model", "cut");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.err()).contains("no ONNX model: export or copy it again");

        Files.writeString(folder.resolve("text.onnx"), "no model");
        assertThat(ProgramRun.of(folder, "describe", "--model", "text.onnx").err())
                .contains("expected an ONNX model, received text");
    }
}
