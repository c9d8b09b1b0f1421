package dev.lenet.engine.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lenet.api.data.Batch;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Optimizer;
import dev.lenet.api.engine.Trainer;
import dev.lenet.api.engine.TrainerState;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Weights;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("An optimizer's step")
class OptimizerTest {
    private static final double RATE = 0.01;

    /** Each term passes fewer than 16 roundings, those of the constants included: gamma_16 = 16 u / (1 - 16 u). */
    private static final double GAMMA = 16 * Fixtures.U / (1 - 16 * Fixtures.U);

    static List<Optimizer> optimizers() {
        return List.of(
                new Optimizer.Sgd(),
                new Optimizer.Sgd(0.9, 0),
                new Optimizer.Sgd(0, 0.1),
                new Optimizer.Sgd(0.9, 0.1),
                new Optimizer.Adam(),
                new Optimizer.Adam(0.8, 0.99, 1e-3, 0, false),
                new Optimizer.Adam(0.9, 0.999, 1e-8, 0.1, false),
                new Optimizer.Adam(0.9, 0.999, 1e-8, 0.1, true));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("optimizers")
    @DisplayName("is its formula, from the state before to the state after")
    void isItsFormula(Optimizer optimizer) {
        Network network = Fixtures.everyLayer();
        Batch batch = Fixtures.batch(network, 6);
        try (DjlEngine engine = Fixtures.engine();
                Model model = engine.build(network, Weights.initial(network, Fixtures.SEED));
                Trainer trainer = engine.trainer(model, Fixtures.spec(optimizer, 6))) {
            assertThat(trainer.state().slots().keySet()).containsExactlyInAnyOrderElementsOf(optimizer.slots());
            for (int step = 1; step <= 3; step++) {
                TrainerState before = trainer.state();
                Weights gradients = trainer.gradients(batch);
                trainer.step(batch, RATE);
                TrainerState after = trainer.state();
                assertThat(after.step()).isEqualTo(step);
                for (String name : gradients.tensors().keySet()) {
                    float[] g = gradients.get(name);
                    for (int i = 0; i < g.length; i++) {
                        String what = name + "[" + i + "] after step " + step;
                        check(optimizer, what, name, i, g[i], before, after);
                    }
                }
            }
        }
    }

    private static void check(
            Optimizer optimizer, String what, String name, int i, double g, TrainerState before, TrainerState after) {
        double w = before.weights().get(name)[i];
        double received = after.weights().get(name)[i];
        if (optimizer instanceof Optimizer.Sgd sgd) {
            double size = Math.abs(g) + sgd.weightDecay() * Math.abs(w);
            double direction = g + sgd.weightDecay() * w;
            if (sgd.momentum() > 0) {
                double v = slot(before, "momentum", name, i);
                direction += sgd.momentum() * v;
                size += sgd.momentum() * Math.abs(v);
                assertThat(slot(after, "momentum", name, i)).as(what).isCloseTo(direction, within(GAMMA * size));
            }
            assertThat(received).as(what).isCloseTo(w - RATE * direction, within(GAMMA * (Math.abs(w) + RATE * size)));
        } else if (optimizer instanceof Optimizer.Adam adam) {
            double size = Math.abs(g);
            if (adam.decoupled()) {
                w -= RATE * adam.weightDecay() * w;
            } else {
                size += adam.weightDecay() * Math.abs(w);
                g += adam.weightDecay() * w;
            }
            double m0 = slot(before, "first_moment", name, i);
            double v0 = slot(before, "second_moment", name, i);
            double m = adam.beta1() * m0 + (1 - adam.beta1()) * g;
            double v = adam.beta2() * v0 + (1 - adam.beta2()) * g * g;
            double mSize = adam.beta1() * Math.abs(m0) + (1 - adam.beta1()) * size;
            double vSize = adam.beta2() * v0 + (1 - adam.beta2()) * size * size;
            double mAfter = slot(after, "first_moment", name, i);
            double vAfter = slot(after, "second_moment", name, i);
            assertThat(mAfter).as(what).isCloseTo(m, within(GAMMA * mSize));
            assertThat(vAfter).as(what).isCloseTo(v, within(GAMMA * vSize));
            // From the moments received, so that their rounding is not magnified by a small denominator.
            double t = after.step();
            double update = RATE
                    / (1 - Math.pow(adam.beta1(), t))
                    * mAfter
                    / (Math.sqrt(vAfter) / Math.sqrt(1 - Math.pow(adam.beta2(), t)) + adam.epsilon());
            assertThat(received).as(what).isCloseTo(w - update, within(GAMMA * (Math.abs(w) + Math.abs(update))));
        }
    }

    private static double slot(TrainerState state, String slot, String name, int i) {
        Map<String, Weights> slots = state.slots();
        assertThat(slots).containsKey(slot);
        return slots.getOrDefault(slot, state.weights()).get(name)[i];
    }
}
