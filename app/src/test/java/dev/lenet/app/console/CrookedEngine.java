package dev.lenet.app.console;

import dev.lenet.api.Shape;
import dev.lenet.api.data.Batch;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.EngineDescription;
import dev.lenet.api.engine.Layer;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.StepMetrics;
import dev.lenet.api.engine.Tensor;
import dev.lenet.api.engine.Trainer;
import dev.lenet.api.engine.TrainerState;
import dev.lenet.api.engine.TrainingSpec;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Network.NamedLayer;
import dev.lenet.api.network.TensorData;
import dev.lenet.api.network.Weights;
import java.util.List;
import java.util.Map;

/** An engine with one fault: everything else is what a good engine computes. */
final class CrookedEngine implements Engine {
    private final Engine good;
    private final Fault fault;

    CrookedEngine(Engine good, Fault fault) {
        this.good = good;
        this.fault = fault;
    }

    /** What it does wrong; nothing, unless a method is overridden. */
    interface Fault {
        /** Changes what a layer puts out. */
        default void output(String layer, float[] values) {}

        /** Changes the gradient of a parameter. */
        default void gradient(String parameter, float[] values) {}

        /** Changes what a step works with. */
        default double learningRate(double asked) {
            return asked;
        }

        /** Changes a loss on its way out; steps count from 1. */
        default float loss(int step, float loss) {
            return loss;
        }
    }

    @Override
    public EngineDescription describe() {
        return new EngineDescription("crooked", "cpu", "wrong in one place");
    }

    @Override
    public Tensor tensor(Shape shape, float[] values) {
        return good.tensor(shape, values);
    }

    @Override
    public Model build(Network network, Weights weights) {
        return new CrookedModel(good.build(network, weights));
    }

    @Override
    public Trainer trainer(Model model, TrainingSpec spec) {
        CrookedModel own = (CrookedModel) model;
        return new CrookedTrainer(own.network(), good.trainer(own.model, spec));
    }

    @Override
    public void close() {
        good.close();
    }

    private final class CrookedModel implements Model {
        private final Model model;

        CrookedModel(Model model) {
            this.model = model;
        }

        @Override
        public Network network() {
            return model.network();
        }

        @Override
        public List<Layer> layers() {
            return model.layers().stream().<Layer>map(CrookedLayer::new).toList();
        }

        @Override
        public Tensor predict(Tensor examples) {
            return model.predict(examples);
        }

        @Override
        public Tensor predict(Batch batch) {
            return model.predict(batch);
        }

        @Override
        public Weights weights() {
            return model.weights();
        }

        @Override
        public void load(Weights weights) {
            model.load(weights);
        }

        @Override
        public void close() {
            model.close();
        }
    }

    private final class CrookedLayer implements Layer {
        private final Layer layer;

        CrookedLayer(Layer layer) {
            this.layer = layer;
        }

        @Override
        public NamedLayer spec() {
            return layer.spec();
        }

        @Override
        public Tensor forward(Tensor input) {
            try (Tensor output = layer.forward(input)) {
                float[] values = output.toArray();
                fault.output(spec().name(), values);
                return good.tensor(output.shape(), values);
            }
        }

        @Override
        public Map<String, TensorData> parameters() {
            return layer.parameters();
        }
    }

    private final class CrookedTrainer implements Trainer {
        private final Network network;
        private final Trainer trainer;
        private int drained;

        CrookedTrainer(Network network, Trainer trainer) {
            this.network = network;
            this.trainer = trainer;
        }

        @Override
        public void step(Batch batch, double learningRate) {
            trainer.step(batch, fault.learningRate(learningRate));
        }

        @Override
        public StepMetrics drainMetrics() {
            float[] losses = trainer.drainMetrics().losses();
            for (int i = 0; i < losses.length; i++) {
                drained++;
                losses[i] = fault.loss(drained, losses[i]);
            }
            return new StepMetrics(losses);
        }

        @Override
        public Weights gradients(Batch batch) {
            Weights gradients = trainer.gradients(batch);
            return Weights.of(network, parameter -> {
                float[] values = gradients.get(parameter.name()).clone();
                fault.gradient(parameter.name(), values);
                return values;
            });
        }

        @Override
        public TrainerState state() {
            return trainer.state();
        }

        @Override
        public void restore(TrainerState state) {
            trainer.restore(state);
        }

        @Override
        public void close() {
            trainer.close();
        }
    }
}
