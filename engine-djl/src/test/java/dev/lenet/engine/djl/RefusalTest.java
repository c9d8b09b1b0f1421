package dev.lenet.engine.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lenet.api.DatasetException;
import dev.lenet.api.Shape;
import dev.lenet.api.ShapeException;
import dev.lenet.api.data.Batch;
import dev.lenet.api.data.Dataset;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Optimizer;
import dev.lenet.api.engine.Tensor;
import dev.lenet.api.engine.Trainer;
import dev.lenet.api.engine.TrainingSpec;
import dev.lenet.api.network.Flatten;
import dev.lenet.api.network.LeNet5;
import dev.lenet.api.network.Linear;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Relu;
import dev.lenet.api.network.Weights;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What does not fit is refused, with what was expected, what came and what to do:")
class RefusalTest {
    private static final DjlEngine ENGINE = Fixtures.engine();
    private static final Network NETWORK = Fixtures.everyLayer();
    private static final Model MODEL = ENGINE.build(NETWORK, Weights.initial(NETWORK, Fixtures.SEED));
    private static final Trainer TRAINER = ENGINE.trainer(MODEL, Fixtures.spec(new Optimizer.Sgd(), 4));

    @AfterAll
    static void close() {
        ENGINE.close();
    }

    @Test
    void aTensorWithTooFewValues() {
        assertThatThrownBy(() -> ENGINE.tensor(Shape.of(2, 3), new float[5]))
                .isInstanceOf(ShapeException.class)
                .hasMessage("Tensor: expected 6 values for [2, 3], received 5. Give one value for each position.");
    }

    @Test
    void weightsOfAnotherNetwork() {
        Network other = LeNet5.network(2);
        assertThatThrownBy(() -> ENGINE.build(NETWORK, Weights.zeros(other)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("conv1.weight=[6, 1, 5, 5]");
    }

    @Test
    void examplesOfAnotherShape() {
        try (Tensor single = ENGINE.tensor(Shape.of(1, 9, 9), new float[81]);
                Tensor wide = ENGINE.tensor(Shape.of(1, 1, 9, 10), new float[90])) {
            assertThatThrownBy(() -> MODEL.predict(single))
                    .isInstanceOf(ShapeException.class)
                    .hasMessage(
                            "Model.predict: expected [N, ...] with examples of shape [1, 9, 9], received [1, 9, 9]. "
                                    + "Put the number of examples in front, also if it is 1.");
            assertThatThrownBy(() -> MODEL.predict(wide))
                    .isInstanceOf(ShapeException.class)
                    .hasMessageContaining("received [1, 1, 9, 10]");
            assertThatThrownBy(() -> MODEL.layers().get(0).forward(wide))
                    .isInstanceOf(ShapeException.class)
                    .hasMessageStartingWith("conv1 (layer 1, conv2d): expected");
        }
    }

    @Test
    void aDataSetOfAnotherShapeOrOtherClasses() {
        Batch large = Fixtures.batch(LeNet5.network(2), 2);
        assertThatThrownBy(() -> MODEL.predict(large))
                .isInstanceOf(ShapeException.class)
                .hasMessageStartingWith("Batch: expected examples of shape [1, 9, 9], received [1, 28, 28].");
        assertThatThrownBy(() -> TRAINER.step(large, 0.1))
                .isInstanceOf(ShapeException.class)
                .hasMessageStartingWith("Batch: expected examples of shape [1, 9, 9]");
        Network threeClasses = Network.input(1, 9, 9)
                .layer("flatten", new Flatten())
                .layer("fc", Linear.of(3))
                .build();
        assertThatThrownBy(() -> TRAINER.gradients(Fixtures.batch(threeClasses, 2)))
                .isInstanceOf(ShapeException.class)
                .hasMessageStartingWith("Batch: expected a data set of the network's 4 classes, received 3.");
    }

    @Test
    void aBatchLargerThanAnnounced() {
        assertThatThrownBy(() -> TRAINER.step(Fixtures.batch(NETWORK, 5), 0.1))
                .isInstanceOf(ShapeException.class)
                .hasMessageStartingWith("Batch: expected at most 4 examples, received 5.");
    }

    @Test
    void aLabelThatIsNoClassAndTheTrainerGoesOn() {
        Batch good = Fixtures.batch(NETWORK, 4);
        Batch bad = Batch.range(new Mislabelled(good.dataset()), 0, 4);
        long step = TRAINER.state().step();
        int arrays = ENGINE.root().getManagedArrays().size();
        assertThatThrownBy(() -> TRAINER.step(bad, 0.1))
                .isInstanceOf(DatasetException.class)
                .hasMessage("Label of example 2 of the batch: expected 0 to 3, received 4. Correct the data set.");
        assertThat(ENGINE.root().getManagedArrays()).hasSize(arrays);
        assertThat(TRAINER.state().step()).isEqualTo(step);
        TRAINER.step(good, 0.1);
        assertThat(TRAINER.drainMetrics().losses()).hasSize(1);
    }

    @Test
    void whatAnotherEngineMade() {
        try (DjlEngine other = Fixtures.engine();
                Model foreign = other.build(NETWORK, Weights.zeros(NETWORK));
                Tensor tensor = other.tensor(Shape.of(1, 1, 9, 9), new float[81])) {
            TrainingSpec spec = Fixtures.spec(new Optimizer.Sgd(), 4);
            assertThatThrownBy(() -> ENGINE.trainer(foreign, spec))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected a model of this very engine");
            assertThatThrownBy(() -> MODEL.predict(tensor))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected a tensor of this very engine");
        }
    }

    @Test
    void trainingWhatHasNoLogitsOrNoParameters() {
        Network flat = Network.input(1, 2, 2).layer("flatten", new Flatten()).build();
        Network image = Network.input(1, 2, 2).layer("relu", new Relu()).build();
        TrainingSpec spec = Fixtures.spec(new Optimizer.Sgd(), 4);
        try (Model noParameters = ENGINE.build(flat, Weights.zeros(flat));
                Model noLogits = ENGINE.build(image, Weights.zeros(image))) {
            assertThatThrownBy(() -> ENGINE.trainer(noParameters, spec))
                    .isInstanceOf(ShapeException.class)
                    .hasMessageContaining("expected a network with parameters");
            assertThatThrownBy(() -> ENGINE.trainer(noLogits, spec))
                    .isInstanceOf(ShapeException.class)
                    .hasMessageContaining("received [1, 2, 2]");
            assertThat(noParameters.weights().tensors()).isEmpty();
        }
    }

    /** Claims four classes and has five. */
    private record Mislabelled(Dataset base) implements Dataset {
        @Override
        public Shape exampleShape() {
            return base.exampleShape();
        }

        @Override
        public int size() {
            return base.size();
        }

        @Override
        public int classes() {
            return base.classes();
        }

        @Override
        public int label(int row) {
            return row == 2 ? 4 : base.label(row);
        }

        @Override
        public void read(int row, float[] target, int offset) {
            base.read(row, target, offset);
        }
    }
}
