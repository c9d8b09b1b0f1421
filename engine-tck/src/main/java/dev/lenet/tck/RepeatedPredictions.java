package dev.lenet.tck;

import dev.lenet.api.data.Batch;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.Layer;
import dev.lenet.api.engine.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Many predictions with one model, from batches, from tensors and by its layers, and what each gave at first. */
final class RepeatedPredictions {
    private final List<Supplier<float[]>> predictions = new ArrayList<>();
    private final List<float[]> expected = new ArrayList<>();

    /** Any number of threads may repeat them; they end with the engine. */
    RepeatedPredictions(Engine engine, Run run) {
        for (int i = 0; i < 6; i++) {
            Batch batch = Batch.range(Run.EXAMPLES, i, 1 + i * 9);
            Tensor examples = Run.tensor(engine, Batch.range(Run.EXAMPLES, 40 - i, 3 + i * 7));
            predictions.add(() -> Run.logits(run.model, batch));
            predictions.add(() -> Run.logits(run.model, examples));
        }
        for (Layer layer : run.layers) {
            Tensor input = Run.input(engine, layer.spec());
            predictions.add(() -> {
                try (Tensor output = layer.forward(input)) {
                    return output.toArray();
                }
            });
        }
        predictions.forEach(prediction -> expected.add(prediction.get()));
    }

    /** Each once more. */
    void repeatAll() {
        for (int i = 0; i < predictions.size(); i++) {
            repeat(i);
        }
    }

    /** One of them once more; the numbers begin again behind the last. */
    void repeat(int number) {
        int i = number % predictions.size();
        Bits.assertSameBits("prediction " + i, predictions.get(i).get(), expected.get(i));
    }
}
