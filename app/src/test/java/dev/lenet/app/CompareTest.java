package dev.lenet.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code compare}, as a user meets it. */
class CompareTest {
    private static final Path MODEL =
            Path.of("../models/lenet5.safetensors").toAbsolutePath().normalize();
    private static final List<String> LAYERS = List.of(
            "conv1", "relu1", "pool1", "conv2", "relu2", "pool2", "flatten", "fc1", "relu3", "fc2", "relu4", "fc3");
    private static final List<String> PARAMETERS = List.of(
            "conv1.weight",
            "conv1.bias",
            "conv2.weight",
            "conv2.bias",
            "fc1.weight",
            "fc1.bias",
            "fc2.weight",
            "fc2.bias",
            "fc3.weight",
            "fc3.bias");

    /** The longest sum, in fc1, rounds 400 times: 400 * 2^-24 of the largest value. 5e-7 is what is seen. */
    private static final double OUTPUT_BOUND = 2.4e-5;

    @TempDir
    Path folder;

    private ProgramRun compare(String options) {
        return ProgramRun.of(folder, ("compare " + options).strip().split(" +", -1));
    }

    private static List<String> names(List<JsonObject> events, String key) {
        return events.stream().map(event -> event.get(key).getAsString()).toList();
    }

    @Test
    void everyLayerGradientStepAndWeightIsAnEvent() throws IOException {
        ProgramRun run = compare("--json --device cpu --engines native,djl --steps 3 --batch-size 16");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).isEmpty();
        JsonObject start = run.events("start").get(0);
        assertThat(start.keySet())
                .containsExactly(
                        "event", "engines", "devices", "details", "parameters", "weights", "dataset", "images");
        assertThat(start.get("engines").toString()).isEqualTo("[\"native\",\"djl\"]");
        assertThat(start.get("weights").getAsString()).isEqualTo("initial weights of seed 42");
        assertThat(start.get("images").getAsInt()).isEqualTo(16);

        List<JsonObject> layers = run.events("layer");
        assertThat(names(layers, "layer")).isEqualTo(LAYERS);
        for (JsonObject layer : layers) {
            JsonObject same = layer.getAsJsonObject("same_input");
            assertThat(same.keySet()).containsExactly("largest_value", "difference", "relative", "at", "not_finite");
            assertThat(same.get("relative").getAsDouble()).as("%s", layer).isLessThan(OUTPUT_BOUND);
            assertThat(same.get("largest_value").getAsDouble()).as("%s", layer).isPositive();
            assertThat(same.get("not_finite").toString()).isEqualTo("[0,0]");
        }
        // Relu, max-pooling and flatten move numbers and round none.
        for (String exact : List.of("relu1", "pool1", "relu2", "pool2", "flatten", "relu3", "relu4")) {
            JsonObject same = layers.get(LAYERS.indexOf(exact)).getAsJsonObject("same_input");
            assertThat(same.get("difference").getAsDouble()).as(exact).isZero();
        }
        assertThat(layers.get(0).get("shape").toString()).isEqualTo("[16,6,28,28]");
        assertThat(names(run.events("gradient"), "parameter")).isEqualTo(PARAMETERS);
        assertThat(names(run.events("weight"), "parameter")).isEqualTo(PARAMETERS);
        assertThat(run.events("step"))
                .extracting(event -> event.get("step").getAsInt())
                .containsExactly(1, 2, 3);
        JsonObject predict = run.events("predict").get(0);
        assertThat(predict.getAsJsonObject("engines").get("relative").getAsDouble())
                .isLessThan(OUTPUT_BOUND);
        JsonObject end = run.events("end").get(0);
        assertThat(end.keySet()).containsExactly("event", "outputs", "predictions", "gradients", "losses", "weights");
        assertThat(LAYERS)
                .contains(end.getAsJsonObject("outputs").get("farthest").getAsString());
        assertThat(run.json()).hasSize(1 + 12 + 1 + 10 + 3 + 10 + 1);
        try (var files = Files.list(folder)) {
            assertThat(files).as("files written").isEmpty();
        }
    }

    @Test
    void theStepsAreThoseThatTrainTakes() throws IOException {
        TwoClasses.write(folder.resolve("two"), 128, 8);
        Files.writeString(folder.resolve("config.yaml"), "data: {dataset: idx, directory: two, validation_size: 8}\n");
        ProgramRun comparison = compare("--json --engines djl,native --steps 5 --lr 0.002 --batch-size 20 --seed 7");
        List<Double> ofFirst = new ArrayList<>();
        List<Double> ofSecond = new ArrayList<>();
        for (JsonObject step : comparison.events("step")) {
            List<JsonElement> losses = step.getAsJsonArray("losses").asList();
            ofFirst.add(losses.get(0).getAsDouble());
            ofSecond.add(losses.get(1).getAsDouble());
        }
        String training = "train --json --max-steps 5 --log-every 1 --lr 0.002 --batch-size 20 --seed 7 --engine ";
        assertThat(ofFirst)
                .isEqualTo(
                        ProgramRun.of(folder, (training + "djl").split(" ", -1)).losses());
        assertThat(ofSecond)
                .isEqualTo(ProgramRun.of(folder, (training + "native").split(" ", -1))
                        .losses());
    }

    @Test
    void bothEnginesAreTakenWhereNoneIsNamed() {
        ProgramRun run = compare("--device cpu --steps 2");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .startsWith("engines  djl on cpu (PyTorch")
                .contains("\n         native on cpu (plain Java")
                .contains("weights  initial weights of seed 42, 61,706 parameters\n")
                .contains("images   the first 32 that training takes of mnist")
                .contains("\nlayer    kind        output        largest value  difference  relative  ")
                .contains("\nweights after 2 steps\n")
                .contains("\noutputs     farthest apart in ")
                .contains("\nlosses      ");
        assertThat(run.out().lines().filter(line -> line.startsWith("fc3 "))).hasSize(1);
        assertThat(run.out().lines().filter(line -> line.startsWith("fc3.bias ")))
                .hasSize(2);
    }

    @Test
    void quietLeavesTheResults() {
        ProgramRun run = compare("--quiet --steps 0");
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).startsWith("outputs of each layer").contains("\ngradients   farthest apart in ");
    }

    @Test
    void helpOffersTwoEnginesAndNotOne() {
        ProgramRun run = compare("--help");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("--engines=A,B")
                .contains("--device=DEVICE")
                .doesNotContain("--engine=");
    }

    @Test
    void withoutStepsNothingIsTrained() {
        ProgramRun run = compare("--json --steps 0");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.events("gradient")).hasSize(10);
        assertThat(run.events("step")).isEmpty();
        assertThat(run.events("weight")).isEmpty();
        assertThat(run.events("end").get(0).keySet()).containsExactly("event", "outputs", "predictions", "gradients");
    }

    @Test
    void aModelBringsItsWeightsAndItsNormalization() throws IOException {
        String options = "--json --steps 0 --model " + MODEL;
        ProgramRun usual = compare(options);
        assertThat(usual.exitCode()).as(usual.err()).isZero();
        assertThat(usual.events("start").get(0).get("weights").getAsString()).isEqualTo(MODEL.toString());
        // The normalisation of the configuration is about training from nothing.
        Files.writeString(folder.resolve("config.yaml"), "data: {mean: 0.9, std: 0.9}\n");
        assertThat(compare(options).events("layer")).isEqualTo(usual.events("layer"));
        Files.delete(folder.resolve("config.yaml"));
        // A trained network is sure of itself, one that knows nothing is not.
        assertThat(largestLogit(usual)).isGreaterThan(4);
        assertThat(largestLogit(compare("--json --steps 0"))).isLessThan(1);
    }

    private static double largestLogit(ProgramRun run) {
        return run.events("predict")
                .get(0)
                .getAsJsonObject("engines")
                .get("largest_value")
                .getAsDouble();
    }

    @Test
    void anUnknownEngineInTheConfigurationIsAMistakeHereToo() throws IOException {
        Files.writeString(folder.resolve("config.yaml"), "engine: abacus\n");
        ProgramRun run = compare("--steps 0 --quiet");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .startsWith("config.yaml:1:9: engine: expected native or djl, received the text 'abacus'.");
    }

    @Test
    void aRunThatDivergesOnBothIsAResultToo() {
        ProgramRun run = compare("--json --config " + ProgramRun.PLAIN + " --lr 100 --optimizer sgd --steps 50");
        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonObject losses = run.events("end").get(0).getAsJsonObject("losses");
        assertThat(losses.get("diverged").toString()).isEqualTo("[true,true]");
        assertThat(losses.get("steps").getAsInt())
                .isEqualTo(run.events("step").size())
                .isLessThan(50);
        assertThat(run.events("weight")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--engines native | --engines: expected two different engines of [djl, native], received 'native'.",
                "--engines djl,djl | --engines: expected two different engines of [djl, native], received 'djl,djl'.",
                "--engines a,b,c | --engines: expected two different engines of [djl, native], received 'a,b,c'.",
                "--engines , | --engines: expected two different engines of [djl, native], received ','.",
                "--engines native,abacus | Engine 'abacus': expected one of [djl, native]",
                "--engine native | compare: expected --engines with two of [djl, native], received --engine 'native'.",
                "--steps -1 | --steps: expected a whole number from 0 to 1000000, received '-1'.",
                "--steps abc | --steps: expected a whole number from 0 to 1000000, received 'abc'.",
                "--steps 9999999999 | --steps: expected a whole number from 0 to 1000000, received '9999999999'.",
                "--batch-size 0 | --batch-size (training.batch_size): expected a whole number from 1",
                "--model none.safetensors | none.safetensors: expected a model file",
                "--device cuda:7 | cuda:7"
            })
    void whatIsWrongIsOneSentence(String options, String sentence) {
        ProgramRun run = compare(options);
        assertThat(run.exitCode()).as(run.out()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(sentence).doesNotContain("Exception");
        assertThat(run.err().lines()).as(run.err()).hasSize(1);
    }
}
