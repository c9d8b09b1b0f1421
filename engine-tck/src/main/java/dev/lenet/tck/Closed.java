package dev.lenet.tck;

import static dev.lenet.tck.UseAssertions.assertClosed;

import dev.lenet.api.Shape;
import dev.lenet.api.data.Batch;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.Layer;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Optimizer;
import dev.lenet.api.engine.Tensor;
import dev.lenet.api.network.Weights;
import java.util.List;

/** Every method that must refuse to work with something closed. */
final class Closed {
    private static final Batch BATCH = Run.batch(0);

    private Closed() {}

    /**
     * @param model that is open
     */
    static void assertTensorIsClosed(Tensor tensor, Model model) {
        assertClosed("Tensor.toArray()", tensor::toArray);
        assertClosed("Model.predict(Tensor)", () -> model.predict(tensor));
    }

    static void assertTrainerIsClosed(Run run) {
        assertClosed("Trainer.step(Batch, double)", () -> run.trainer.step(BATCH, 0.1));
        assertClosed("Trainer.drainMetrics()", run.trainer::drainMetrics);
        assertClosed("Trainer.gradients(Batch)", () -> run.trainer.gradients(BATCH));
        assertClosed("Trainer.state()", run.trainer::state);
        assertClosed("Trainer.restore(TrainerState)", () -> run.trainer.restore(Run.start()));
    }

    /**
     * @param inputs for each layer, which are open, or of the same closed engine
     */
    static void assertModelIsClosed(Engine engine, Run run, List<Tensor> inputs) {
        assertClosed("Model.predict(Tensor)", () -> run.model.predict(inputs.get(0)));
        assertClosed("Model.predict(Batch)", () -> run.model.predict(BATCH));
        assertClosed("Model.weights()", run.model::weights);
        assertClosed("Model.load(Weights)", () -> run.model.load(Weights.zeros(Run.NETWORK)));
        assertClosed(
                "Engine.trainer(Model, TrainingSpec)",
                () -> engine.trainer(run.model, ContractRules.spec(new Optimizer.Sgd(), Run.BATCH)));
        for (int i = 0; i < inputs.size(); i++) {
            Layer layer = run.layers.get(i);
            Tensor input = inputs.get(i);
            assertClosed("Layer.forward(Tensor) of " + layer.spec(), () -> layer.forward(input));
            assertClosed("Layer.parameters() of " + layer.spec(), layer::parameters);
        }
        assertTrainerIsClosed(run);
    }

    static void assertEngineIsClosed(Engine engine, Run run, List<Tensor> inputs) {
        assertClosed("Engine.tensor(Shape, float[])", () -> engine.tensor(Shape.of(2), new float[2]));
        assertClosed("Engine.build(Network, Weights)", () -> engine.build(Run.NETWORK, Weights.zeros(Run.NETWORK)));
        assertModelIsClosed(engine, run, inputs);
        inputs.forEach(input -> assertClosed("Tensor.toArray()", input::toArray));
    }
}
