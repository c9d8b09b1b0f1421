package dev.lenet.tck.oracle;

import dev.lenet.api.network.BatchNorm2d;
import dev.lenet.api.network.Network.NamedLayer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * See {@link NormalisationOracle}: in training, the values of a channel in the whole batch are normalised together; in a
 * prediction, with the running mean and variance, which are exact there.
 */
final class BatchNormOracle implements LayerOracle {
    /** Of a running number: the momentum and what it leaves of 1, each rounded once, and two products and a sum. */
    private static final int OPERATIONS = 5;

    private final String name;
    private final BatchNorm2d spec;
    private final int plane;
    private final double[] weight;
    private final double[] bias;
    private final double[] runningMean;
    private final double[] runningVar;

    BatchNormOracle(
            NamedLayer layer,
            BatchNorm2d spec,
            double[] weight,
            double[] bias,
            double[] runningMean,
            double[] runningVar) {
        this.name = layer.name();
        this.spec = spec;
        this.plane = layer.input().size() / weight.length;
        this.weight = weight;
        this.bias = bias;
        this.runningMean = runningMean;
        this.runningVar = runningVar;
    }

    @Override
    public Approximation forward(Approximation x) {
        Approximation y = Approximation.zeros(x.size());
        for (int c = 0; c < weight.length; c++) {
            int channel = c;
            Moments running = Moments.given(runningMean[c], runningVar[c], spec.epsilon());
            int[] indices = IntStream.range(c * plane, (c + 1) * plane).toArray();
            new NormalisationOracle(x, indices, running).forward(y, weight, bias, i -> channel);
        }
        return y;
    }

    /** A prediction has no backward pass. */
    @Override
    public Approximation backward(Approximation x, Approximation dY, ParameterSums gradients) {
        throw new UnsupportedOperationException("a batch is normalised as a whole");
    }

    @Override
    public BatchOracle trainingOnBatch(long seed, long step, Buffers buffers) {
        return new BatchOracle() {
            @Override
            public List<Approximation> forward(List<Approximation> x) {
                Approximation all = joined(x);
                Approximation y = Approximation.zeros(all.size());
                Approximation mean = Approximation.zeros(weight.length);
                Approximation variance = Approximation.zeros(weight.length);
                for (int c = 0; c < weight.length; c++) {
                    NormalisationOracle channel = channel(all, x.size(), c);
                    channel.forward(y, weight, bias, i -> i / plane % weight.length);
                    move(channel.moments(), (double) x.size() * plane, c, mean, variance);
                }
                buffers.put(name + ".running_mean", mean);
                buffers.put(name + ".running_var", variance);
                return parts(y, x.size());
            }

            @Override
            public List<Approximation> backward(
                    List<Approximation> x, List<Approximation> dY, ParameterSums gradients) {
                Approximation all = joined(x);
                Approximation dX = Approximation.zeros(all.size());
                DotProduct[] dWeight = gradients.of(name + ".weight");
                DotProduct[] dBias = gradients.of(name + ".bias");
                Approximation allGradients = joined(dY);
                for (int c = 0; c < weight.length; c++) {
                    channel(all, x.size(), c)
                            .backward(allGradients, weight, i -> i / plane % weight.length, dWeight, dBias, dX);
                }
                return parts(dX, x.size());
            }
        };
    }

    private void move(Moments moments, double count, int c, Approximation mean, Approximation variance) {
        double share = spec.momentum();
        mean.set(
                c,
                (1 - share) * runningMean[c] + share * moments.mean(),
                error(runningMean[c], moments.mean(), moments.meanError()));
        double correction = count > 1 ? count / (count - 1) : 1;
        double unbiased = moments.variance() * correction;
        double unbiasedError = moments.varianceError() * correction;
        unbiasedError += Tolerance.roundings(2).of(unbiased + unbiasedError);
        variance.set(c, (1 - share) * runningVar[c] + share * unbiased, error(runningVar[c], unbiased, unbiasedError));
    }

    private double error(double running, double value, double valueError) {
        double share = spec.momentum();
        double carried = share * valueError;
        return carried
                + Tolerance.roundings(OPERATIONS)
                        .of((1 - share) * Math.abs(running) + share * Math.abs(value) + carried);
    }

    private NormalisationOracle channel(Approximation all, int examples, int c) {
        int size = weight.length * plane;
        int[] indices = IntStream.range(0, examples * plane)
                .map(i -> i / plane * size + c * plane + i % plane)
                .toArray();
        return new NormalisationOracle(all, indices, Moments.of(all, indices, spec.epsilon()));
    }

    private static Approximation joined(List<Approximation> examples) {
        int size = examples.get(0).size();
        Approximation all = Approximation.zeros(examples.size() * size);
        for (int i = 0; i < all.size(); i++) {
            all.set(
                    i,
                    examples.get(i / size).value(i % size),
                    examples.get(i / size).error(i % size));
        }
        return all;
    }

    private static List<Approximation> parts(Approximation all, int examples) {
        int size = all.size() / examples;
        List<Approximation> parts = new ArrayList<>();
        for (int n = 0; n < examples; n++) {
            parts.add(new Approximation(
                    Arrays.copyOfRange(all.values(), n * size, (n + 1) * size),
                    Arrays.copyOfRange(all.errors(), n * size, (n + 1) * size)));
        }
        return parts;
    }
}
