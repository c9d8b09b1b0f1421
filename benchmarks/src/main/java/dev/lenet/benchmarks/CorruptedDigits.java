package dev.lenet.benchmarks;

import dev.lenet.api.LenetException;
import dev.lenet.api.augmentation.Augmentation;
import dev.lenet.api.augmentation.Corruption;
import dev.lenet.api.data.Dataset;
import dev.lenet.api.data.ImageRows;
import dev.lenet.api.data.Split;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.EngineOptions;
import dev.lenet.api.engine.Engines;
import dev.lenet.api.engine.Model;
import dev.lenet.api.inference.Calibration;
import dev.lenet.api.inference.Predictions;
import dev.lenet.api.model.ModelFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How well trained models read MNIST's test digits: as they are, moved, and corrupted in fifteen ways, see {@link Corruption}. One column
 * a model, accuracy in percent; with several models their mean and its standard error as well.
 *
 * <pre>
 * mvn -B -q -Pbenchmarks package -DskipTests
 * java -cp benchmarks/target/benchmarks.jar dev.lenet.benchmarks.CorruptedDigits models/lenet5.safetensors
 * </pre>
 *
 * For choices, {@code --validation SEED} in front takes the 10,000 images that a run with that seed and {@code --validation-size 10000} sets
 * aside, in place of the test images.
 */
public final class CorruptedDigits {
    private static final long SEED = 1;
    private static final int VALIDATION_SIZE = 10_000;

    private final List<Model> models;
    private final ImageRows images;

    private CorruptedDigits(List<Model> models, ImageRows images) {
        this.models = models;
        this.images = images;
    }

    public static void main(String[] arguments) {
        if (arguments.length == 0) {
            System.err.println("CorruptedDigits: expected model files, received none. Name one, for example"
                    + " models/lenet5.safetensors.");
            System.exit(2);
        }
        try (Engine engine = Engines.named("native").open(EngineOptions.DEFAULT)) {
            List<Model> models = new ArrayList<>();
            boolean validation = arguments[0].equals("--validation");
            for (String argument : List.of(arguments).subList(validation ? 2 : 0, arguments.length)) {
                ModelFile file = ModelFile.read(Path.of(argument), List.of(Digits.NETWORK));
                models.add(engine.build(file.network(), file.weights()));
            }
            Digits digits = Digits.read();
            ImageRows images = digits.test();
            if (validation) {
                Split split = Split.of(digits.training(), VALIDATION_SIZE, Long.parseLong(arguments[1]));
                images = (ImageRows) split.validation();
            }
            new CorruptedDigits(models, images).measure();
            models.forEach(Model::close);
        } catch (LenetException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    /** What the models make of some images: a number for each model. */
    private record Scores(double[] accuracy, double[] calibrationError) {}

    private void measure() {
        Scores clean = evaluate("as they are", images);
        evaluate("shifted by up to 3 pixels", moved(3, 0, 0, 0));
        evaluate("shifted by 4, turned by 20, scaled and slanted by 0.2", moved(4, 20, 0.2, 0.2));
        double[] accuracy = new double[models.size()];
        double[] calibrationError = new double[models.size()];
        for (Corruption kind : Corruption.values()) {
            Scores scores = evaluate(kind.title(), kind.corrupt(images, SEED));
            for (int i = 0; i < accuracy.length; i++) {
                accuracy[i] += scores.accuracy()[i] / Corruption.values().length;
                calibrationError[i] += scores.calibrationError()[i] / Corruption.values().length;
            }
        }
        print("mean of the corrupted", 100, accuracy);
        print("calibration error as they are", 1, clean.calibrationError());
        print("calibration error, mean of the corrupted", 1, calibrationError);
    }

    private Dataset moved(double shift, double rotation, double scale, double shear) {
        return new Augmentation(shift, rotation, scale, shear, 0, 0, 4).augment(images, SEED, 1);
    }

    private Scores evaluate(String what, Dataset changed) {
        List<Predictions> all =
                models.stream().map(model -> Predictions.of(model, changed)).toList();
        Scores scores = new Scores(
                all.stream()
                        .mapToDouble(predictions -> predictions.evaluation().accuracy())
                        .toArray(),
                all.stream()
                        .mapToDouble(predictions -> Calibration.of(predictions).error())
                        .toArray());
        print(what, 100, scores.accuracy());
        return scores;
    }

    private static void print(String what, double factor, double[] values) {
        String format = factor == 1 ? " %8.4f" : " %8.2f";
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-56s", what));
        for (double value : values) {
            line.append(String.format(Locale.ROOT, format, factor * value));
        }
        if (values.length > 1) {
            double mean = Arrays.stream(values).average().orElseThrow();
            double squares = Arrays.stream(values)
                    .map(value -> (value - mean) * (value - mean))
                    .sum();
            double error = Math.sqrt(squares / (values.length - 1) / values.length);
            line.append(String.format(Locale.ROOT, "  mean" + format + " +-" + format, factor * mean, factor * error));
        }
        System.out.println(line);
    }
}
