package dev.lenet.api.inference;

import dev.lenet.api.data.Batch;
import dev.lenet.api.data.Dataset;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Tensor;

/** The one loop that runs a model over a data set. */
final class Outputs {
    /** Examples at a time: enough to keep any engine busy, few enough not to matter for memory. */
    static final int BATCH_SIZE = 250;

    private Outputs() {}

    /** Receives what the model puts out for one example. */
    interface Receiver {
        /**
         * @param row of the example in the data set
         * @param values those of the example start at {@code offset}; valid during the call
         */
        void accept(int row, float[] values, int offset);
    }

    /** Runs the model over all examples in order. */
    static void forEach(Model model, Dataset dataset, Receiver receiver) {
        int width = model.network().output().size();
        int row = 0;
        for (Batch batch : Batch.inOrder(dataset, BATCH_SIZE)) {
            try (Tensor output = model.predict(batch)) {
                float[] values = output.toArray();
                for (int i = 0; i < batch.size(); i++) {
                    receiver.accept(row++, values, i * width);
                }
            }
        }
    }
}
