package org.example.loops;

import dev.lenet.api.engine.Optimizer;
import dev.lenet.api.engine.Optimizer.Adam;
import dev.lenet.api.engine.Optimizer.Sgd;
import java.util.List;

/**
 * What an optimizer does to one parameter, by the formulas of {@link Optimizer}.
 *
 * <p>Everything is float32; a constant is computed in double precision and rounded once. All arrays have the
 * parameter's shape: w its values, g their gradient, m and v the optimizer's memory.
 */
final class Update {
    private Update() {}

    /**
     * @param step number of this update, from 1
     * @param memory an array for each of {@link Optimizer#slots}, in their order; changed, as w is
     */
    static void apply(Optimizer optimizer, double learningRate, long step, float[] w, float[] g, List<float[]> memory) {
        optimizer.accept(new Optimizer.Visitor<float[]>() {
            @Override
            public float[] visit(Sgd sgd) {
                // Without momentum the velocity is forgotten after every step.
                float[] v = memory.isEmpty() ? new float[w.length] : memory.get(0);
                descend(sgd, learningRate, w, g, v);
                return w;
            }

            @Override
            public float[] visit(Adam adam) {
                adapt(adam, learningRate, step, w, g, memory.get(0), memory.get(1));
                return w;
            }
        });
    }

    private static void descend(Sgd sgd, double learningRate, float[] w, float[] g, float[] v) {
        float rate = (float) learningRate;
        float momentum = (float) sgd.momentum();
        float decay = (float) sgd.weightDecay();
        for (int i = 0; i < w.length; i++) {
            v[i] = momentum * v[i] + (g[i] + decay * w[i]);
            w[i] = w[i] - rate * v[i];
        }
    }

    private static void adapt(Adam adam, double learningRate, long step, float[] w, float[] g, float[] m, float[] v) {
        float beta1 = (float) adam.beta1();
        float beta2 = (float) adam.beta2();
        float rest1 = (float) (1 - adam.beta1());
        float rest2 = (float) (1 - adam.beta2());
        float rate = (float) (learningRate / (1 - StrictMath.pow(adam.beta1(), step)));
        float root = (float) Math.sqrt(1 - StrictMath.pow(adam.beta2(), step));
        float epsilon = (float) adam.epsilon();
        float coupled = (float) (adam.decoupled() ? 0 : adam.weightDecay());
        float keep = (float) (adam.decoupled() ? 1 - learningRate * adam.weightDecay() : 1);
        for (int i = 0; i < w.length; i++) {
            float gradient = g[i] + coupled * w[i];
            m[i] = beta1 * m[i] + rest1 * gradient;
            v[i] = beta2 * v[i] + rest2 * gradient * gradient;
            w[i] = keep * w[i] - rate * m[i] / ((float) Math.sqrt(v[i]) / root + epsilon);
        }
    }
}
