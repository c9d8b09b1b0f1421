package dev.lenet.engine.jvm;

import dev.lenet.api.network.BatchNorm2d;
import dev.lenet.api.network.Network.NamedLayer;
import java.util.Arrays;
import java.util.List;

/**
 * Batch normalisation: in a prediction with the running mean and variance, in training with those of the whole batch.
 *
 * <p>Of each block a training step knows mean and sum of squared distances, added up in double precision in two passes. Those of
 * the batch are made of them in the order of the blocks (Chan, Golub and LeVeque, "Updating formulae and a pairwise algorithm for
 * computing sample variances", 1979). How a batch is cut depends on its size alone, so all of that has the same bits for any number
 * of threads.
 */
record BatchNormLayer(NamedLayer layer, BatchNorm2d spec) implements LayerCompiler {
    private static final String MEAN = "running_mean";
    private static final String VARIANCE = "running_var";

    @Override
    public Activation block(PlanBuilder plan, Activation in) {
        Activation out = plan.activation(in.shape());
        if (plan.purpose().training()) {
            plan.add(new Training(this, plan.parameters(), in, out));
        } else {
            plan.add(new Prediction(this, plan.parameters(), in, out));
        }
        return out;
    }

    /** In place. */
    @Override
    public SingleImage single(SingleImagePlan.Builder plan, SingleImage in) {
        ModelParameters parameters = plan.parameters();
        plan.add(() -> {
            LayerParameters own = parameters.of(layer);
            for (int c = 0; c < in.planes().length; c++) {
                predict(own, c, in.planes()[c], in.planes()[c]);
            }
        });
        return in;
    }

    private void predict(LayerParameters own, int c, float[] x, float[] y) {
        double mean = own.buffer(MEAN)[c];
        double scale = own.weight()[0][c] * inverse(own.buffer(VARIANCE)[c]);
        double shift = own.bias()[c];
        for (int j = 0; j < x.length; j++) {
            y[j] = (float) ((x[j] - mean) * scale + shift);
        }
    }

    /** Of the standard deviation. */
    private double inverse(double variance) {
        return 1 / Math.sqrt(variance + spec.epsilon());
    }

    private record Prediction(BatchNormLayer norm, ModelParameters parameters, Activation input, Activation output)
            implements Stage {

        @Override
        public void forward(long step, int firstImage) {
            LayerParameters own = parameters.of(norm.layer);
            int height = input.shape().dimension(1);
            for (int r = 0; r < input.values().length; r++) {
                norm.predict(own, r / height, input.values()[r], output.values()[r]);
            }
        }

        @Override
        public void backward(NetworkParameters gradients) {
            throw new IllegalStateException("a prediction has no backward pass");
        }
    }

    private static final class Training implements BatchStage {
        private final BatchNormLayer norm;
        private final ModelParameters parameters;
        private final Activation input;
        private final Activation output;
        private final int height;

        /** Values of a channel in this block, and after {@link #combine} in the batch. */
        private final double values;

        private double batchValues;

        /** [channels], of this block: the mean, the sum of squared distances, and two sums of the backward pass. */
        private final double[] means;

        private final double[] squares;
        private final double[] sums;
        private final double[] products;

        /** [channels], of the batch */
        private final double[] batchMeans;

        private final double[] batchSquares;
        private final double[] inverses;
        private final double[] batchSums;
        private final double[] batchProducts;

        Training(BatchNormLayer norm, ModelParameters parameters, Activation input, Activation output) {
            this.norm = norm;
            this.parameters = parameters;
            this.input = input;
            this.output = output;
            int channels = input.shape().dimension(0);
            height = input.shape().dimension(1);
            values = (double) height * input.shape().dimension(2) * input.lanes();
            means = new double[channels];
            squares = new double[channels];
            sums = new double[channels];
            products = new double[channels];
            batchMeans = new double[channels];
            batchSquares = new double[channels];
            inverses = new double[channels];
            batchSums = new double[channels];
            batchProducts = new double[channels];
        }

        @Override
        public void collect() {
            for (int c = 0; c < means.length; c++) {
                double sum = 0;
                for (int r = c * height; r < (c + 1) * height; r++) {
                    for (float x : input.values()[r]) {
                        sum += x;
                    }
                }
                double mean = sum / values;
                double square = 0;
                for (int r = c * height; r < (c + 1) * height; r++) {
                    for (float x : input.values()[r]) {
                        square += (x - mean) * (x - mean);
                    }
                }
                means[c] = mean;
                squares[c] = square;
            }
        }

        @Override
        public void combine(List<BatchStage> blocks) {
            batchValues = 0;
            Arrays.fill(batchMeans, 0);
            Arrays.fill(batchSquares, 0);
            for (BatchStage stage : blocks) {
                Training block = (Training) stage;
                double all = batchValues + block.values;
                for (int c = 0; c < means.length; c++) {
                    double distance = block.means[c] - batchMeans[c];
                    batchMeans[c] += distance * (block.values / all);
                    batchSquares[c] += block.squares[c] + distance * distance * (batchValues * block.values / all);
                }
                batchValues = all;
            }
            for (int c = 0; c < means.length; c++) {
                inverses[c] = norm.inverse(batchSquares[c] / batchValues);
            }
        }

        @Override
        public void forward(long step, int firstImage) {
            LayerParameters own = parameters.of(norm.layer);
            for (int r = 0; r < input.values().length; r++) {
                int c = r / height;
                double mean = batchMeans[c];
                double scale = own.weight()[0][c] * inverses[c];
                double shift = own.bias()[c];
                float[] x = input.values()[r];
                float[] y = output.values()[r];
                for (int j = 0; j < x.length; j++) {
                    y[j] = (float) ((x[j] - mean) * scale + shift);
                }
            }
        }

        @Override
        public void collectGradients(NetworkParameters gradients) {
            LayerParameters own = gradients.of(norm.layer);
            for (int c = 0; c < means.length; c++) {
                double sum = 0;
                double product = 0;
                for (int r = c * height; r < (c + 1) * height; r++) {
                    float[] x = input.values()[r];
                    float[] dY = output.gradients()[r];
                    for (int j = 0; j < x.length; j++) {
                        sum += dY[j];
                        product += dY[j] * (x[j] - batchMeans[c]);
                    }
                }
                sums[c] = sum;
                products[c] = product * inverses[c];
                own.bias()[c] += (float) sums[c];
                own.weight()[0][c] += (float) products[c];
            }
        }

        @Override
        public void combineGradients(List<BatchStage> blocks) {
            Arrays.fill(batchSums, 0);
            Arrays.fill(batchProducts, 0);
            for (BatchStage stage : blocks) {
                Training block = (Training) stage;
                for (int c = 0; c < means.length; c++) {
                    batchSums[c] += block.sums[c];
                    batchProducts[c] += block.products[c];
                }
            }
        }

        @Override
        public void backward(NetworkParameters gradients) {
            LayerParameters own = parameters.of(norm.layer);
            for (int r = 0; r < input.values().length; r++) {
                int c = r / height;
                double mean = batchSums[c] / batchValues;
                double slope = batchProducts[c] / batchValues * inverses[c];
                double scale = own.weight()[0][c] * inverses[c];
                float[] x = input.values()[r];
                float[] dY = output.gradients()[r];
                float[] dX = input.gradients()[r];
                for (int j = 0; j < x.length; j++) {
                    dX[j] = (float) ((dY[j] - mean - (x[j] - batchMeans[c]) * slope) * scale);
                }
            }
        }

        @Override
        public void keep() {
            LayerParameters own = parameters.of(norm.layer);
            double share = norm.spec.momentum();
            double correction = Math.max(batchValues - 1, 1);
            for (int c = 0; c < means.length; c++) {
                move(own.buffer(MEAN), c, share, batchMeans[c]);
                move(own.buffer(VARIANCE), c, share, batchSquares[c] / correction);
            }
        }

        private static void move(float[] running, int c, double share, double value) {
            running[c] = (float) ((1 - share) * running[c] + share * value);
        }
    }
}
