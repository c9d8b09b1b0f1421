package dev.lenet.benchmarks;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.GradientCollector;
import ai.djl.training.optimizer.Adam;
import ai.djl.training.tracker.Tracker;
import dev.lenet.api.data.Dataset;
import dev.lenet.api.network.ParameterSpec;
import dev.lenet.api.network.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * LeNet-5 by hand in Deep Java Library's own interface on PyTorch: what a program has that needs this one network
 * and no framework.
 *
 * <p>All images are in PyTorch's memory before the clock starts, as floats. An epoch's order is gathered at once and cut
 * into views, so that a step copies nothing in. What a step allocates belongs to a manager that is closed behind it. Each
 * step takes aliases of the weights that have no gradient yet, as clearing an old one costs an operation a parameter.
 * The update is DJL's own Adam, one native call a parameter.
 */
final class RawDjl implements Contestant {
    private static final Shape POOL = new Shape(2, 2);
    private static final Shape NO_PADDING = new Shape(0, 0);
    private static final Shape STRIDE = new Shape(1, 1);
    private static final Shape FRAME = new Shape(2, 2);

    private final NDManager manager;
    private final NDArray trainingImages;
    private final NDArray trainingLabels;
    private final NDList testBatches;
    private final int trainingSize;
    private final List<String> names = new ArrayList<>();
    private final NDList weights = new NDList();
    private final Adam adam = Adam.builder()
            .optLearningRateTracker(Tracker.fixed((float) Digits.SETTINGS.learningRate()))
            .build();

    RawDjl(Digits digits, Weights weights) {
        System.setProperty("OPT_OUT_TRACKING", "true");
        System.setProperty("ai.djl.offline", "true");
        manager = Engine.getEngine("PyTorch").newBaseManager();
        trainingSize = digits.training().size();
        trainingImages = images(digits.training());
        trainingLabels = manager.create(LongStream.range(0, trainingSize)
                        .map(row -> digits.training().label((int) row))
                        .toArray())
                .reshape(-1, 1);
        testBatches = images(digits.test()).split(digits.test().size() / PREDICTION_BATCH_SIZE);
        for (ParameterSpec parameter : Digits.NETWORK.parameters()) {
            names.add(parameter.name());
            long[] shape = new long[parameter.shape().rank()];
            for (int axis = 0; axis < shape.length; axis++) {
                shape[axis] = parameter.shape().dimension(axis);
            }
            this.weights.add(manager.create(weights.get(parameter.name()), new Shape(shape)));
        }
    }

    private NDArray images(Dataset dataset) {
        return manager.create(Digits.images(dataset), new Shape(dataset.size(), 1, 28, 28));
    }

    @Override
    public String detail() {
        Engine engine = Engine.getEngine("PyTorch");
        return "PyTorch " + engine.getVersion() + ", DJL " + Engine.getDjlVersion() + ", its default of threads";
    }

    @Override
    public boolean trains() {
        return true;
    }

    @Override
    public double trainEpoch(int epoch) {
        long start = System.nanoTime();
        int steps = trainingSize / BATCH_SIZE;
        try (NDManager epochScope = manager.newSubManager()) {
            NDArray order = epochScope.create(Digits.SETTINGS.order(trainingSize, epoch));
            NDList images = shuffled(trainingImages, order, epochScope).split(steps);
            NDList labels = shuffled(trainingLabels, order, epochScope).split(steps);
            for (int i = 0; i < steps; i++) {
                try (NDManager scope = epochScope.newSubManager()) {
                    step(images.get(i), labels.get(i), scope);
                }
            }
        }
        return (System.nanoTime() - start) * 1e-9;
    }

    private static NDArray shuffled(NDArray rows, NDArray order, NDManager scope) {
        NDArray alias = rows.stopGradient();
        alias.attach(scope);
        return alias.get(order);
    }

    private void step(NDArray images, NDArray labels, NDManager scope) {
        images.attach(scope);
        labels.attach(scope);
        NDList leaves = new NDList(weights.size());
        for (NDArray weight : weights) {
            NDArray leaf = weight.stopGradient();
            leaf.attach(scope);
            leaf.setRequiresGradient(true);
            leaves.add(leaf);
        }
        try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
            NDArray loss = logits(images, leaves)
                    .logSoftmax(1)
                    .gather(labels, 1)
                    .mean()
                    .neg();
            collector.backward(loss);
        }
        for (int p = 0; p < leaves.size(); p++) {
            adam.update(names.get(p), weights.get(p), leaves.get(p).getGradient());
        }
    }

    private static NDArray logits(NDArray images, NDList w) {
        NDArray x = Conv2d.conv2d(images, w.get(0), w.get(1), STRIDE, FRAME).singletonOrThrow();
        x = Pool.maxPool2d(Activation.relu(x), POOL, POOL, NO_PADDING, false);
        x = Conv2d.conv2d(x, w.get(2), w.get(3)).singletonOrThrow();
        x = Pool.maxPool2d(Activation.relu(x), POOL, POOL, NO_PADDING, false);
        x = x.reshape(-1, 400);
        x = Activation.relu(Linear.linear(x, w.get(4), w.get(5)).singletonOrThrow());
        x = Activation.relu(Linear.linear(x, w.get(6), w.get(7)).singletonOrThrow());
        return Linear.linear(x, w.get(8), w.get(9)).singletonOrThrow();
    }

    @Override
    public float[] predictAll() {
        float[] logits = new float[testBatches.size() * PREDICTION_BATCH_SIZE * Digits.CLASSES];
        for (int i = 0; i < testBatches.size(); i++) {
            try (NDManager scope = manager.newSubManager()) {
                NDArray images = testBatches.get(i).stopGradient();
                images.attach(scope);
                float[] values = logits(images, weights).toFloatArray();
                System.arraycopy(values, 0, logits, i * values.length, values.length);
            }
        }
        return logits;
    }

    @Override
    public float[] predictOne(float[] image) {
        try (NDManager scope = manager.newSubManager()) {
            return logits(scope.create(image, new Shape(1, 1, 28, 28)), weights).toFloatArray();
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
