package dev.lenet.engine.jvm;

import dev.lenet.api.network.GroupNorm;
import dev.lenet.api.network.Network.NamedLayer;
import java.util.Arrays;

/**
 * Group normalisation. Mean and variance are added up in double precision, in two passes, channel by channel and row by row; of a
 * block, those of all its images at once.
 */
record GroupNormLayer(NamedLayer layer, GroupNorm spec) implements LayerCompiler {

    /** Channels of a group. */
    private int channels() {
        return layer.input().dimension(0) / spec.groups();
    }

    /** Values that are normalised together. */
    private int size() {
        return layer.input().size() / spec.groups();
    }

    @Override
    public Activation block(PlanBuilder plan, Activation in) {
        Activation out = plan.activation(in.shape());
        plan.add(new Block(this, plan.parameters(), in, out));
        return out;
    }

    /** In place. */
    @Override
    public SingleImage single(SingleImagePlan.Builder plan, SingleImage in) {
        ModelParameters parameters = plan.parameters();
        plan.add(() -> {
            LayerParameters own = parameters.of(layer);
            for (int group = 0; group < spec.groups(); group++) {
                normalise(in, group * channels(), own);
            }
        });
        return in;
    }

    private void normalise(SingleImage image, int first, LayerParameters own) {
        double sum = 0;
        for (int c = first; c < first + channels(); c++) {
            for (int i = 0; i < image.height() * image.width(); i++) {
                sum += image.planes()[c][i / image.width() * image.pitch() + i % image.width()];
            }
        }
        double mean = sum / size();
        double squares = 0;
        for (int c = first; c < first + channels(); c++) {
            for (int i = 0; i < image.height() * image.width(); i++) {
                double distance = image.planes()[c][i / image.width() * image.pitch() + i % image.width()] - mean;
                squares += distance * distance;
            }
        }
        double inverse = inverse(squares);
        for (int c = first; c < first + channels(); c++) {
            float[] plane = image.planes()[c];
            double scale = own.weight()[0][c] * inverse;
            double shift = own.bias()[c];
            for (int y = 0; y < image.height(); y++) {
                for (int x = 0; x < image.width(); x++) {
                    int at = y * image.pitch() + x;
                    plane[at] = (float) ((plane[at] - mean) * scale + shift);
                }
            }
        }
    }

    /** Of the standard deviation. */
    private double inverse(double squares) {
        return 1 / Math.sqrt(squares / size() + spec.epsilon());
    }

    /** For a block of images; of each group and image it keeps mean and inverse standard deviation. */
    private static final class Block implements Stage {
        private final GroupNormLayer norm;
        private final ModelParameters parameters;
        private final Activation input;
        private final Activation output;
        private final int lanes;
        private final int height;

        /** [groups][lanes] */
        private final double[][] means;

        private final double[][] inverses;

        /** [lanes], of the backward pass */
        private final double[] sums;

        private final double[] products;

        Block(GroupNormLayer norm, ModelParameters parameters, Activation input, Activation output) {
            this.norm = norm;
            this.parameters = parameters;
            this.input = input;
            this.output = output;
            lanes = input.lanes();
            height = input.shape().dimension(1);
            means = new double[norm.spec.groups()][lanes];
            inverses = new double[norm.spec.groups()][lanes];
            sums = new double[lanes];
            products = new double[lanes];
        }

        @Override
        public void forward(long step, int firstImage) {
            LayerParameters own = parameters.of(norm.layer);
            int rows = norm.channels() * height;
            for (int group = 0; group < means.length; group++) {
                double[] mean = means[group];
                double[] inverse = inverses[group];
                Arrays.fill(mean, 0);
                Arrays.fill(inverse, 0);
                for (int r = group * rows; r < (group + 1) * rows; r++) {
                    float[] row = input.values()[r];
                    for (int j = 0; j < row.length; j++) {
                        mean[j % lanes] += row[j];
                    }
                }
                for (int n = 0; n < lanes; n++) {
                    mean[n] /= norm.size();
                }
                for (int r = group * rows; r < (group + 1) * rows; r++) {
                    float[] row = input.values()[r];
                    for (int j = 0; j < row.length; j++) {
                        double distance = row[j] - mean[j % lanes];
                        inverse[j % lanes] += distance * distance;
                    }
                }
                for (int n = 0; n < lanes; n++) {
                    inverse[n] = norm.inverse(inverse[n]);
                }
                for (int r = group * rows; r < (group + 1) * rows; r++) {
                    float[] row = input.values()[r];
                    float[] out = output.values()[r];
                    float weight = own.weight()[0][r / height];
                    double shift = own.bias()[r / height];
                    for (int j = 0; j < row.length; j++) {
                        int n = j % lanes;
                        out[j] = (float) ((row[j] - mean[n]) * (weight * inverse[n]) + shift);
                    }
                }
            }
        }

        @Override
        public void backward(NetworkParameters gradients) {
            LayerParameters own = parameters.of(norm.layer);
            LayerParameters ownGradients = gradients.of(norm.layer);
            int rows = norm.channels() * height;
            for (int group = 0; group < means.length; group++) {
                Arrays.fill(sums, 0);
                Arrays.fill(products, 0);
                for (int c = group * norm.channels(); c < (group + 1) * norm.channels(); c++) {
                    addChannel(c, group, own.weight()[0][c], ownGradients);
                }
                double[] mean = means[group];
                double[] inverse = inverses[group];
                for (int r = group * rows; r < (group + 1) * rows; r++) {
                    float[] x = input.values()[r];
                    float[] dY = output.gradients()[r];
                    float[] dX = input.gradients()[r];
                    double weight = own.weight()[0][r / height];
                    for (int j = 0; j < x.length; j++) {
                        int n = j % lanes;
                        double h = (x[j] - mean[n]) * inverse[n];
                        double difference = weight * dY[j] - sums[n] / norm.size() - h * (products[n] / norm.size());
                        dX[j] = (float) (difference * inverse[n]);
                    }
                }
            }
        }

        /** The gradients of a channel's parameters, and its part of the sums that all channels of a group share. */
        private void addChannel(int c, int group, double weight, LayerParameters ownGradients) {
            double dWeight = 0;
            double dBias = 0;
            for (int r = c * height; r < (c + 1) * height; r++) {
                float[] x = input.values()[r];
                float[] dY = output.gradients()[r];
                for (int j = 0; j < x.length; j++) {
                    int n = j % lanes;
                    double h = (x[j] - means[group][n]) * inverses[group][n];
                    dWeight += dY[j] * h;
                    dBias += dY[j];
                    sums[n] += weight * dY[j];
                    products[n] += weight * dY[j] * h;
                }
            }
            ownGradients.weight()[0][c] += (float) dWeight;
            ownGradients.bias()[c] += (float) dBias;
        }
    }
}
