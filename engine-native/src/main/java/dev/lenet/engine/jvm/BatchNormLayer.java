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
record BatchNormLayer(NamedLayer layer, BatchNorm2d spec, Fusion behind) implements LayerCompiler {
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
                float[] plane = in.planes()[c];
                normalise(plane, plane, own.buffer(MEAN)[c], scale(own, c), own.bias()[c], Float.NEGATIVE_INFINITY);
            }
        });
        return in;
    }

    /** Of a channel in a prediction. */
    private float scale(LayerParameters own, int c) {
        return (float) (own.weight()[0][c] * inverse(own.buffer(VARIANCE)[c]));
    }

    /**
     * {@code y = max((x - mean) * scale + shift, least)}: where a rectifier is behind, the least is 0. Plain floats, which C2 makes
     * vector instructions of; it makes none of a conversion to double precision.
     */
    private static void normalise(float[] x, float[] y, float mean, float scale, float shift, float least) {
        for (int j = 0; j < y.length; j++) {
            y[j] = Math.max((x[j] - mean) * scale + shift, least);
        }
    }

    private float least() {
        return behind.relu() ? 0 : Float.NEGATIVE_INFINITY;
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
            for (int c = 0; c < input.shape().dimension(0); c++) {
                float mean = own.buffer(MEAN)[c];
                float scale = norm.scale(own, c);
                for (int r = c * height; r < (c + 1) * height; r++) {
                    normalise(input.values()[r], output.values()[r], mean, scale, own.bias()[c], norm.least());
                }
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
                    sum += RowSums.of(input.values()[r]);
                }
                double mean = sum / values;
                double square = 0;
                for (int r = c * height; r < (c + 1) * height; r++) {
                    square += RowSums.ofSquares(input.values()[r], mean);
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
                float scale = (float) (own.weight()[0][c] * inverses[c]);
                normalise(
                        input.values()[r],
                        output.values()[r],
                        (float) batchMeans[c],
                        scale,
                        own.bias()[c],
                        norm.least());
            }
        }

        @Override
        public void collectGradients(NetworkParameters gradients) {
            if (norm.behind.relu()) {
                Elementwise.reluBackward(output.values(), output.gradients());
            }
            LayerParameters own = gradients.of(norm.layer);
            for (int c = 0; c < means.length; c++) {
                double sum = 0;
                double product = 0;
                for (int r = c * height; r < (c + 1) * height; r++) {
                    sum += RowSums.of(output.gradients()[r]);
                    product += RowSums.ofProducts(output.gradients()[r], input.values()[r], batchMeans[c]);
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
                float mean = (float) (batchSums[c] / batchValues);
                float slope = (float) (batchProducts[c] / batchValues * inverses[c]);
                float scale = (float) (own.weight()[0][c] * inverses[c]);
                float centre = (float) batchMeans[c];
                backward(input.values()[r], output.gradients()[r], input.gradients()[r], centre, mean, slope, scale);
            }
        }

        private static void backward(
                float[] x, float[] dY, float[] dX, float centre, float mean, float slope, float scale) {
            for (int j = 0; j < dX.length; j++) {
                dX[j] = (dY[j] - mean - (x[j] - centre) * slope) * scale;
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
