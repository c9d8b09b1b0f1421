package dev.lenet.benchmarks;

import dev.lenet.api.data.Batch;
import dev.lenet.api.engine.Device;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.EngineOptions;
import dev.lenet.api.engine.Engines;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Tensor;
import dev.lenet.api.model.ModelFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Whether an engine reads the 10,000 test images as the native one does, from the same model file.
 *
 * <pre>
 * java -cp benchmarks/target/benchmarks.jar dev.lenet.benchmarks.EngineAgreement djl cuda
 * </pre>
 */
final class EngineAgreement {

    private EngineAgreement() {}

    public static void main(String[] args) {
        ModelFile file = ModelFile.read(Path.of("models/lenet5.safetensors"), List.of());
        Digits digits = Digits.read();
        float[] expected = logits("native", Device.CPU, file, digits);
        float[] received = logits(args[0], Device.parse(args[1]), file, digits);
        int others = 0;
        double distance = 0;
        for (int row = 0; row < digits.test().size(); row++) {
            others += likeliest(expected, row) == likeliest(received, row) ? 0 : 1;
            for (int k = row * Digits.CLASSES; k < (row + 1) * Digits.CLASSES; k++) {
                distance = Math.max(distance, Math.abs((double) expected[k] - received[k]));
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%d of %d test images read otherwise than by native; logits differ by at most %.2g%n",
                others,
                digits.test().size(),
                distance);
        if (others > 0) {
            System.exit(1);
        }
    }

    private static float[] logits(String name, Device device, ModelFile file, Digits digits) {
        float[] logits = new float[digits.test().size() * Digits.CLASSES];
        try (Engine engine = Engines.named(name).open(new EngineOptions(device, 0, true));
                Model model = engine.build(file.network(), file.weights())) {
            for (Batch batch : Batch.inOrder(digits.test(), Contestant.PREDICTION_BATCH_SIZE)) {
                try (Tensor output = model.predict(batch)) {
                    float[] values = output.toArray();
                    System.arraycopy(values, 0, logits, batch.offset() * Digits.CLASSES, values.length);
                }
            }
        }
        return logits;
    }

    private static int likeliest(float[] logits, int row) {
        int best = row * Digits.CLASSES;
        for (int k = best; k < (row + 1) * Digits.CLASSES; k++) {
            best = logits[k] > logits[best] ? k : best;
        }
        return best - row * Digits.CLASSES;
    }
}
