package dev.lenet.benchmarks;

import dev.lenet.api.ModelFormatException;
import dev.lenet.api.augmentation.Augmentation;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.EngineOptions;
import dev.lenet.api.engine.Engines;
import dev.lenet.api.engine.Model;
import dev.lenet.api.inference.Evaluation;
import dev.lenet.api.model.ModelFile;
import java.nio.file.Path;
import java.util.List;

/**
 * How well a trained model reads test digits that are not where they belong: each one shifted by up to some pixels in each
 * direction, drawn anew for each.
 *
 * <pre>
 * mvn -B -q -Pbenchmarks package -DskipTests
 * java -cp benchmarks/target/benchmarks.jar dev.lenet.benchmarks.ShiftedDigits models/lenet5.safetensors
 * </pre>
 */
public final class ShiftedDigits {
    private static final long SEED = 1;
    private static final int[] SHIFTS = {0, 1, 2, 3, 4, 5};

    private ShiftedDigits() {}

    public static void main(String[] arguments) {
        if (arguments.length != 1) {
            System.err.println("ShiftedDigits: expected a model file, received " + arguments.length
                    + " arguments. Name one, for example models/lenet5.safetensors.");
            System.exit(2);
        }
        try {
            measure(Path.of(arguments[0]));
        } catch (ModelFormatException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    private static void measure(Path path) {
        ModelFile file = ModelFile.read(path, List.of(Digits.NETWORK));
        Digits digits = Digits.read();
        try (Engine engine = Engines.named("native").open(EngineOptions.DEFAULT);
                Model model = engine.build(file.network(), file.weights())) {
            for (int shift : SHIFTS) {
                Augmentation shifted = new Augmentation(shift, 0, 0, 0, 0, 0, 4);
                Evaluation evaluation = Evaluation.of(model, shifted.augment(digits.test(), SEED, 1));
                System.out.printf(
                        "shifted by up to %d pixels: accuracy %.2f %%, loss %.4f%n",
                        shift, 100 * evaluation.accuracy(), evaluation.loss());
            }
        }
    }
}
