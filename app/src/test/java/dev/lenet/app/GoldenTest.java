package dev.lenet.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Both engines, from the command line, against the losses of PyTorch in double precision. */
class GoldenTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden").toAbsolutePath();

    /** Four times the distance between PyTorch's own float32 and float64 losses over these 20 steps. */
    private static final double BOUND = 2e-6;

    /**
     * With Adam, values before a ReLU come as near to its kink as 1.4e-8 in step 12 (c1) and 3.9e-8 in step 13 (fc2): rounding
     * decides on which side they lie, and Adam moves a weight by the whole rate for a small gradient as for a large one. From
     * step 14 on PyTorch's own kernels for AVX2 and for AVX-512 part, by up to 2e-5.
     */
    private static final int KINK_OF_ADAM = 13;

    private static final double BOUND_PAST_THE_KINK = 1e-4;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "native, sgd, 0.05, sgd lr=0.05",
        "djl, sgd, 0.05, sgd lr=0.05",
        "native, adam, 0.001, adam lr=1e-3 beta1=0.9 beta2=0.999 eps=1e-8",
        "djl, adam, 0.001, adam lr=1e-3 beta1=0.9 beta2=0.999 eps=1e-8"
    })
    void twentyStepsHaveTheLossesOfPyTorch(String engine, String optimizer, String rate, String golden)
            throws IOException {
        ProgramRun run = ProgramRun.of(
                folder,
                ("--json --config " + ProgramRun.PLAIN + " --engine " + engine
                                + " train --no-shuffle --batch-size 64 --max-steps 20 --mean 0 --std 1"
                                + " --validation-size 0 --log-every 1 --optimizer " + optimizer + " --lr " + rate
                                + " --init " + GOLDEN.resolve("lenet5-init.safetensors"))
                        .split(" ", -1));
        assertThat(run.exitCode()).as(run.err()).isZero();
        List<Double> expected = new ArrayList<>();
        for (JsonElement loss : JsonParser.parseString(Files.readString(GOLDEN.resolve("lenet5-20-steps.json")))
                .getAsJsonObject()
                .getAsJsonObject("cases")
                .getAsJsonObject(golden)
                .getAsJsonObject("f64")
                .getAsJsonArray("loss")) {
            expected.add(loss.getAsDouble());
        }
        List<Double> losses = run.losses();
        assertThat(losses).hasSize(20);
        for (int step = 0; step < 20; step++) {
            boolean pastTheKink = optimizer.equals("adam") && step >= KINK_OF_ADAM;
            assertThat(losses.get(step))
                    .as("step %d", step + 1)
                    .isCloseTo(expected.get(step), within(pastTheKink ? BOUND_PAST_THE_KINK : BOUND));
        }
    }
}
