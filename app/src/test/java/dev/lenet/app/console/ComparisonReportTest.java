package dev.lenet.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.lenet.api.Shape;
import dev.lenet.api.data.Batch;
import dev.lenet.api.data.Dataset;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.data.Normalization;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.EngineOptions;
import dev.lenet.api.engine.Engines;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Optimizer;
import dev.lenet.api.inference.Difference;
import dev.lenet.api.inference.EngineComparison;
import dev.lenet.api.inference.EngineComparison.Side;
import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.Flatten;
import dev.lenet.api.network.Linear;
import dev.lenet.api.network.MaxPool2d;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Relu;
import dev.lenet.api.network.Weights;
import dev.lenet.api.training.TrainingSettings;
import dev.lenet.app.console.CrookedEngine.Fault;
import dev.lenet.app.usecase.Comparing;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A comparison finds the one place where an engine is wrong, and clears every other. */
class ComparisonReportTest {
    private static final int STEPS = 4;
    private static final TrainingSettings SETTINGS = new TrainingSettings(2, 6, 0.01, new Optimizer.Adam(), 5)
            .withMaxSteps(STEPS)
            .withReportEvery(1);
    private static final Network NETWORK = Network.input(1, 8, 8)
            .layer("conv1", Conv2d.of(2, 3))
            .layer("relu1", new Relu())
            .layer("pool1", MaxPool2d.of(2))
            .layer("flatten", new Flatten())
            .layer("fc1", Linear.of(5))
            .layer("relu2", new Relu())
            .layer("fc2", Linear.of(3))
            .build();

    /** What a comparison said, to people and to programs. */
    private record Said(String text, List<JsonObject> events) {
        List<String> verdict() {
            return text.substring(text.lastIndexOf("\n\n") + 2).lines().toList();
        }

        /** The events of one kind whose difference, under that key, is not 0. */
        List<String> apart(String kind, String name, String key) {
            List<String> names = new ArrayList<>();
            for (JsonObject event : events) {
                if (event.get("event").getAsString().equals(kind)) {
                    JsonObject numbers = key.isEmpty() ? event : event.getAsJsonObject(key);
                    boolean zero = !numbers.get("difference").isJsonNull()
                            && numbers.get("difference").getAsDouble() == 0;
                    if (!zero) {
                        names.add(event.get(name).getAsString());
                    }
                }
            }
            return names;
        }

        JsonObject end() {
            return events.get(events.size() - 1);
        }
    }

    /** Compares a good engine with one that has that fault. */
    private static Said compare(Fault fault) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        compare(fault, new Console(stream(text), System.err, false, false));
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        compare(fault, new Console(stream(json), System.err, true, false));
        List<JsonObject> events = json.toString(StandardCharsets.UTF_8)
                .lines()
                .map(line -> JsonParser.parseString(line).getAsJsonObject())
                .toList();
        return new Said(text.toString(StandardCharsets.UTF_8), events);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static void compare(Fault fault, Console console) {
        Weights weights = Weights.initial(NETWORK, 3);
        try (Engine good = open();
                Engine crooked = new CrookedEngine(open(), fault);
                Model first = good.build(NETWORK, weights);
                Model second = crooked.build(NETWORK, weights)) {
            ComparisonReport report = new ComparisonReport(console);
            report.start(good.describe(), crooked.describe(), NETWORK, "weights of a seed", 6, "stripes");
            Comparing.compare(new Side(good, first), new Side(crooked, second), images(), SETTINGS, report);
        }
    }

    private static Engine open() {
        return Engines.named("native").open(EngineOptions.DEFAULT);
    }

    private static ImageDataset images() {
        byte[] pixels = new byte[20 * 64];
        byte[] labels = new byte[20];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i * 37 + i / 64 * 11);
        }
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (byte) (i % 3);
        }
        return new ImageDataset(Shape.of(1, 8, 8), pixels, labels, 3, new Normalization(0.5, 0.5));
    }

    @Test
    void anEngineIsEqualToItself() {
        Said said = compare(new Fault() {});
        assertThat(said.verdict())
                .containsExactly(
                        "outputs     equal",
                        "predictions equal",
                        "gradients   equal",
                        "losses      equal in 4 steps",
                        "weights     equal",
                        "            rounding one number to a float changes it by up to 6.0e-08 of its value");
        assertThat(said.apart("layer", "layer", "own_input")).isEmpty();
        assertThat(said.apart("weight", "parameter", "")).isEmpty();
    }

    @Test
    void theImagesAreTheFirstBatchOfTraining() {
        List<Integer> rows = new ArrayList<>();
        try (Engine engine = open();
                Model model = engine.build(NETWORK, Weights.initial(NETWORK, 3))) {
            Side side = new Side(engine, model);
            Batch batch = Comparing.firstBatch(new Watched(images(), rows), SETTINGS);
            assertThat(batch.size()).isEqualTo(6);
            new EngineComparison(side, side, batch, SETTINGS.spec()).layers();
        }
        int[] first = Arrays.copyOf(SETTINGS.order(20, 1), 6);
        assertThat(rows).containsExactly(Arrays.stream(first).boxed().toArray(Integer[]::new));
        assertThat(rows).isNotEqualTo(List.of(0, 1, 2, 3, 4, 5));
    }

    /** Writes down which rows are read. */
    private record Watched(Dataset dataset, List<Integer> rows) implements Dataset {
        @Override
        public Shape exampleShape() {
            return dataset.exampleShape();
        }

        @Override
        public int size() {
            return dataset.size();
        }

        @Override
        public int classes() {
            return dataset.classes();
        }

        @Override
        public int label(int row) {
            return dataset.label(row);
        }

        @Override
        public void read(int row, float[] target, int offset) {
            rows.add(row);
            dataset.read(row, target, offset);
        }
    }

    @Test
    void aWrongLayerIsNamedAndThoseBehindItAreCleared() {
        Said said = compare(new Fault() {
            @Override
            public void output(String layer, float[] values) {
                if (layer.equals("fc1")) {
                    values[5 + 3] += 0.25f;
                }
            }
        });
        assertThat(said.verdict().get(0))
                .startsWith("outputs     farthest apart in fc1 at [1, 3], by ")
                .endsWith(" of the largest value");
        assertThat(said.apart("layer", "layer", "same_input")).containsExactly("fc1");
        // On its own input, the error goes on into what follows.
        assertThat(said.apart("layer", "layer", "own_input")).containsExactly("fc1", "relu2", "fc2");
        // The whole network is not made of these layers: it is right, and its layers are not.
        assertThat(said.verdict().get(1)).isEqualTo("predictions equal");
        JsonObject predict = said.events().stream()
                .filter(event -> event.get("event").getAsString().equals("predict"))
                .findFirst()
                .orElseThrow();
        assertThat(predict.getAsJsonObject("first_and_its_layers")
                        .get("difference")
                        .getAsDouble())
                .isZero();
        assertThat(predict.getAsJsonObject("second_and_its_layers")
                        .get("difference")
                        .getAsDouble())
                .isPositive();
    }

    @Test
    void aNotANumberOnOneEngineIsSaidPlainly() {
        Said said = compare(new Fault() {
            @Override
            public void output(String layer, float[] values) {
                if (layer.equals("relu1")) {
                    values[0] = Float.NaN;
                    values[values.length - 1] = Float.NaN;
                }
            }
        });
        assertThat(said.verdict().get(0))
                .isEqualTo("outputs     NaN or infinite, and not on both engines alike, in relu1 at [0, 0, 0, 0]: "
                        + "0 of 432 values of relu1 on native, 2 on crooked");
        assertThat(said.text()).contains("not finite");
        assertThat(said.end().getAsJsonObject("outputs").toString())
                .isEqualTo("{\"farthest\":\"relu1\",\"relative\":null,\"at\":[0,0,0,0]}");
    }

    @Test
    void notANumberOnBothEnginesIsNotTakenForAgreement() {
        Difference broken =
                Difference.between("fc1", Shape.of(2), new float[] {Float.NaN, 1}, new float[] {Float.NaN, 1});
        Verdict verdict = new Verdict("a", "b");
        verdict.add("outputs", Map.of("fc1", broken));
        assertThat(verdict.lines())
                .startsWith(
                        "outputs     equal",
                        "            NaN or infinite on both engines: 1 of 2 values of fc1 on a, 1 on b");
    }

    @Test
    void aWrongGradientIsNamed() {
        Said said = compare(new Fault() {
            @Override
            public void gradient(String parameter, float[] values) {
                if (parameter.equals("conv1.bias")) {
                    values[1] *= 1.5f;
                }
            }
        });
        assertThat(said.apart("gradient", "parameter", "")).containsExactly("conv1.bias");
        assertThat(said.verdict().get(2)).startsWith("gradients   farthest apart in conv1.bias at [1], by ");
        assertThat(said.verdict().get(4)).isEqualTo("weights     equal");
    }

    @Test
    void aWrongUpdateShowsInTheLossesFromTheSecondStepAndInTheWeights() {
        Said said = compare(new Fault() {
            @Override
            public double learningRate(double asked) {
                return asked * 1.5;
            }
        });
        List<JsonObject> steps = said.events().stream()
                .filter(event -> event.get("event").getAsString().equals("step"))
                .toList();
        assertThat(steps).hasSize(STEPS);
        assertThat(steps.get(0).get("difference").getAsDouble()).isZero();
        assertThat(steps.get(1).get("difference").getAsDouble()).isGreaterThan(1e-4);
        assertThat(said.verdict().get(2)).isEqualTo("gradients   equal");
        assertThat(said.verdict().get(3)).startsWith("losses      farthest apart at step ");
        assertThat(said.apart("weight", "parameter", "")).hasSize(6);
    }

    @Test
    void anEngineThatDivergesAloneIsNamedAndWeightsAreNotCompared() {
        Said said = compare(new Fault() {
            @Override
            public float loss(int step, float loss) {
                return step == 3 ? Float.NaN : loss;
            }
        });
        assertThat(said.verdict())
                .containsSubsequence(
                        "losses      equal in 2 steps",
                        "            finite on native in all 4 steps; not finite on crooked at step 3")
                .noneMatch(line -> line.startsWith("weights"));
        assertThat(said.end().getAsJsonObject("losses").toString())
                .isEqualTo("{\"steps\":2,\"farthest_step\":0,\"difference\":0.0,\"diverged\":[false,true]}");
    }
}
