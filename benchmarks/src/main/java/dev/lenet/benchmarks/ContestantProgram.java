package dev.lenet.benchmarks;

import dev.lenet.api.EngineUnavailableException;
import dev.lenet.api.model.ModelFile;
import dev.lenet.api.network.Weights;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A contestant that is Java, in a JVM of its own, which does what {@link ContestantProcess} writes to its stdin, one
 * command a line, and answers each with a line of numbers. All start with the same weights.
 */
final class ContestantProgram {
    /** The model that comes with the program: outputs of a trained network are large enough to compare. */
    static final Path TRAINED = Path.of("models/lenet5.safetensors");

    /** Every tenth test image is compared; the first thousand would all be by the same kind of writers. */
    private static final int STRIDE = 10;

    private final String kind;
    private final String name;
    private final Digits digits;

    private ContestantProgram(String kind, String name, Digits digits) {
        this.kind = kind;
        this.name = name;
        this.digits = digits;
    }

    /** Takes the kind of contestant and its name. */
    public static void main(String[] arguments) throws IOException {
        PrintStream replies = System.out;
        // Whatever a library prints is no answer.
        System.setOut(System.err);
        new ContestantProgram(arguments[0], arguments[1], Digits.read()).answer(replies);
    }

    private void answer(PrintStream replies) throws IOException {
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (Contestant contestant = open(Digits.initialWeights())) {
            replies.println((contestant.trains() ? "trains " : "predicts ") + contestant.detail());
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                String[] words = line.split(" ", -1);
                StringBuilder reply = new StringBuilder();
                for (double number : run(contestant, words[0], Integer.parseInt(words[1]))) {
                    reply.append(number).append(' ');
                }
                replies.println(reply.toString().trim());
            }
        } catch (EngineUnavailableException e) {
            replies.println("unavailable " + e.getMessage());
        }
    }

    private Contestant open(Weights weights) {
        return switch (kind) {
            case "engine" -> new EngineContestant(name, digits, weights);
            case "raw-djl" -> new RawDjl(digits, weights);
            case "onnxruntime" -> new OnnxRuntime(digits, weights);
            default ->
                throw new IllegalArgumentException(
                        "Contestant: expected engine, raw-djl or onnxruntime, received " + kind);
        };
    }

    private double[] run(Contestant contestant, String command, int number) {
        return switch (command) {
            case "logits" -> logits();
            case "train" -> new double[] {contestant.trainEpoch(number)};
            case "batches" -> new double[] {imagesPerSecond(contestant, number)};
            case "single" -> microseconds(contestant, number);
            default -> throw new IllegalArgumentException("Contestant: there is no command " + command);
        };
    }

    /** Of the trained model, for every tenth test image. */
    private double[] logits() {
        Weights weights = ModelFile.read(TRAINED, List.of(Digits.NETWORK)).weights();
        try (Contestant trained = open(weights)) {
            float[] all = trained.predictAll();
            double[] some = new double[all.length / STRIDE];
            for (int i = 0; i < some.length; i++) {
                int row = i / Digits.CLASSES * STRIDE;
                some[i] = all[row * Digits.CLASSES + i % Digits.CLASSES];
            }
            return some;
        }
    }

    private double imagesPerSecond(Contestant contestant, int passes) {
        long start = System.nanoTime();
        for (int pass = 0; pass < passes; pass++) {
            check(contestant.predictAll());
        }
        return passes * digits.test().size() / ((System.nanoTime() - start) * 1e-9);
    }

    /** Median and 99th percentile of the time for one image; the first ones, which find the caches cold, do not count. */
    private double[] microseconds(Contestant contestant, int count) {
        double[] times = new double[count];
        for (int i = -count / 10; i < count; i++) {
            float[] image =
                    Digits.image(digits.test(), (i + count) % digits.test().size());
            long start = System.nanoTime();
            float[] logits = contestant.predictOne(image);
            long end = System.nanoTime();
            check(logits);
            if (i >= 0) {
                times[i] = (end - start) * 1e-3;
            }
        }
        Sample sample = new Sample(times);
        return new double[] {sample.median(), sample.quantile(0.99)};
    }

    private static void check(float[] logits) {
        if (!Float.isFinite(logits[logits.length - 1])) {
            throw new IllegalStateException("expected finite logits, received " + logits[logits.length - 1]);
        }
    }
}
