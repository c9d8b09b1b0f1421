package dev.lenet.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.lenet.api.data.Batch;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.Loss;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Optimizer;
import dev.lenet.api.engine.Trainer;
import dev.lenet.api.engine.TrainerState;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Weights;
import dev.lenet.tck.oracle.BatchResult;
import dev.lenet.tck.oracle.NetworkOracle;
import java.util.Map;
import java.util.function.Predicate;

/** Gradients and the loss of one batch, compared with the oracle's. */
final class GradientCheck {
    private GradientCheck() {}

    /**
     * Gradients and the loss of a batch against the oracle.
     *
     * @param parameters those to look at, by name
     */
    static void check(
            ContractRules contract,
            String what,
            Network network,
            Weights weights,
            Batch batch,
            long step,
            Predicate<String> parameters) {
        BatchResult expected = new NetworkOracle(network, weights)
                .train(batch, new Loss.SoftmaxCrossEntropy(), ContractRules.SEED, step);
        expected.gradients().forEach((name, gradient) -> assertThat(gradient.errors())
                .as("bounds of the gradient of %s, which say nothing if they are infinite", name)
                .doesNotContain(Double.POSITIVE_INFINITY));
        try (Engine engine = contract.open();
                Model model = engine.build(network, weights);
                Trainer trainer =
                        engine.trainer(model, ContractRules.spec(new Optimizer.Sgd(), GradientRules.ANNOUNCED))) {
            trainer.restore(new TrainerState(step, weights, Map.of()));
            Weights received = trainer.gradients(batch);
            assertThatNoException().as("names and shapes of the gradients").isThrownBy(() -> received.check(network));
            expected.gradients().forEach((name, gradient) -> {
                if (parameters.test(name)) {
                    Agreement.check("gradient of " + name + ", " + what, received.get(name), gradient);
                }
            });
            trainer.step(batch, 0);
            Agreement.check("loss, " + what, trainer.drainMetrics().losses(), expected.loss());
        }
    }
}
