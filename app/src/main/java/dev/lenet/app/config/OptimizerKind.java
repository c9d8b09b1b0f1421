package dev.lenet.app.config;

/** The optimizers a user can name, and what suits each where a setting is auto. */
public enum OptimizerKind {
    SGD(0.02, 0.0005),
    ADAM(0.002, 0),
    /** Adam with decoupled weight decay. */
    ADAMW(0.002, 0);

    private final double learningRate;
    private final double weightDecay;

    OptimizerKind(double learningRate, double weightDecay) {
        this.learningRate = learningRate;
        this.weightDecay = weightDecay;
    }

    double learningRate() {
        return learningRate;
    }

    double weightDecay() {
        return weightDecay;
    }
}
