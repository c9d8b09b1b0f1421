package dev.lenet.interop;

import dev.lenet.api.Shape;
import dev.lenet.api.model.ModelFile;
import dev.lenet.api.network.AvgPool2d;
import dev.lenet.api.network.BatchNorm2d;
import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.Dropout;
import dev.lenet.api.network.Flatten;
import dev.lenet.api.network.GlobalAvgPool;
import dev.lenet.api.network.GroupNorm;
import dev.lenet.api.network.LayerVisitor;
import dev.lenet.api.network.LeakyRelu;
import dev.lenet.api.network.Linear;
import dev.lenet.api.network.MaxPool2d;
import dev.lenet.api.network.Network.NamedLayer;
import dev.lenet.api.network.Relu;
import dev.lenet.api.network.Residual;
import dev.lenet.api.network.Sigmoid;
import dev.lenet.api.network.SmoothUnit;
import dev.lenet.api.network.Tanh;
import java.util.Arrays;
import java.util.List;

/** The formulas of the layers in double precision, one value of the output at a time. */
record ExactForward(ModelFile model) {

    double[] logits(float[] image) {
        double[] x = new double[image.length];
        Arrays.setAll(x, i -> image[i]);
        for (NamedLayer layer : model.network().layers()) {
            x = output(layer, x);
        }
        return x;
    }

    private double[] output(NamedLayer layer, double[] input) {
        double[] output = new double[layer.output().size()];
        At at = layer.spec().accept(new Formulas(this, layer, input));
        Arrays.setAll(output, at::value);
        return output;
    }

    private interface At {
        double value(int index);
    }

    private record Formulas(ExactForward forward, NamedLayer layer, double[] x) implements LayerVisitor<At> {

        private float[] parameter(String name) {
            return forward.model().weights().get(layer.name() + "." + name);
        }

        @Override
        public At visit(Conv2d conv) {
            float[] weight = parameter("weight");
            float[] bias = conv.bias() ? parameter("bias") : new float[conv.filters()];
            Shape in = layer.input();
            int k = conv.kernelSize().height();
            int l = conv.kernelSize().width();
            int each = in.dimension(0) / conv.groups();
            return index -> {
                int columns = layer.output().dimension(2);
                int rows = layer.output().dimension(1);
                int o = index / (rows * columns);
                int top =
                        index / columns % rows * conv.stride() - conv.padding().height();
                int left = index % columns * conv.stride() - conv.padding().width();
                int first = o / (conv.filters() / conv.groups()) * each;
                double sum = bias[o];
                for (int tap = 0; tap < each * k * l; tap++) {
                    int row = top + tap / l % k;
                    int column = left + tap % l;
                    if (row >= 0 && column >= 0 && row < in.dimension(1) && column < in.dimension(2)) {
                        sum += (double) weight[o * each * k * l + tap]
                                * x[((first + tap / (k * l)) * in.dimension(1) + row) * in.dimension(2) + column];
                    }
                }
                return sum;
            };
        }

        private At window(int k, int stride, boolean isMax) {
            return index -> {
                int columns = layer.output().dimension(2);
                int rows = layer.output().dimension(1);
                int width = layer.input().dimension(2);
                int first = index / (rows * columns) * layer.input().dimension(1) * width
                        + index / columns % rows * stride * width
                        + index % columns * stride;
                double result = isMax ? Double.NEGATIVE_INFINITY : 0;
                for (int tap = 0; tap < k * k; tap++) {
                    double each = x[first + tap / k * width + tap % k];
                    result = isMax ? Math.max(result, each) : result + each / (k * k);
                }
                return result;
            };
        }

        @Override
        public At visit(MaxPool2d pool) {
            return window(pool.kernelSize(), pool.stride(), true);
        }

        @Override
        public At visit(AvgPool2d pool) {
            return window(pool.kernelSize(), pool.stride(), false);
        }

        @Override
        public At visit(Linear linear) {
            float[] weight = parameter("weight");
            float[] bias = parameter("bias");
            return o -> {
                double sum = bias[o];
                for (int i = 0; i < x.length; i++) {
                    sum += (double) weight[o * x.length + i] * x[i];
                }
                return sum;
            };
        }

        @Override
        public At visit(Relu relu) {
            return i -> Math.max(0, x[i]);
        }

        @Override
        public At visit(Tanh tanh) {
            return i -> StrictMath.tanh(x[i]);
        }

        @Override
        public At visit(Flatten flatten) {
            return i -> x[i];
        }

        @Override
        public At visit(Dropout dropout) {
            return i -> x[i];
        }

        @Override
        public At visit(BatchNorm2d norm) {
            int area = x.length / parameter("weight").length;
            return i -> (x[i] - parameter("running_mean")[i / area])
                            / Math.sqrt((double) parameter("running_var")[i / area] + norm.epsilon())
                            * parameter("weight")[i / area]
                    + parameter("bias")[i / area];
        }

        private double mean(int from, int count, java.util.function.DoubleUnaryOperator of) {
            return Arrays.stream(x, from, from + count).map(of).sum() / count;
        }

        @Override
        public At visit(GlobalAvgPool pool) {
            int area = x.length / layer.output().size();
            return c -> mean(c * area, area, value -> value);
        }

        @Override
        public At visit(GroupNorm norm) {
            int size = x.length / norm.groups();
            int area = x.length / parameter("weight").length;
            double[] means = new double[norm.groups()];
            double[] variances = new double[norm.groups()];
            for (int g = 0; g < means.length; g++) {
                double mean = mean(g * size, size, value -> value);
                means[g] = mean;
                variances[g] = mean(g * size, size, value -> (value - mean) * (value - mean));
            }
            return i -> (x[i] - means[i / size])
                            / Math.sqrt(variances[i / size] + norm.epsilon())
                            * parameter("weight")[i / area]
                    + parameter("bias")[i / area];
        }

        @Override
        public At visit(LeakyRelu relu) {
            return i -> x[i] > 0 ? x[i] : relu.slope() * x[i];
        }

        @Override
        public At visit(Residual residual) {
            double[] within = x;
            for (NamedLayer part : residual.body(layer.name(), layer.input())) {
                within = forward.output(part, within);
            }
            double[] result = within;
            double[] shortcut = x;
            if (residual.projection() != null) {
                List<NamedLayer> parts = residual.parts(layer.name(), layer.input());
                shortcut = forward.output(parts.get(parts.size() - 1), x);
            }
            double[] added = shortcut;
            return i -> result[i] + added[i];
        }

        @Override
        public At visit(Sigmoid sigmoid) {
            return i -> 1 / (1 + StrictMath.exp(-x[i]));
        }

        @Override
        public At visit(SmoothUnit unit) {
            return i -> unit.value(x[i]);
        }
    }
}
