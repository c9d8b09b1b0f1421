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

/** The formulas of the layers in double precision, one value of the output at a time. */
record ExactForward(ModelFile model) {

    double[] logits(float[] image) {
        double[] x = new double[image.length];
        Arrays.setAll(x, i -> image[i]);
        for (NamedLayer layer : model.network().layers()) {
            double[] input = x;
            double[] output = new double[layer.output().size()];
            At at = layer.spec().accept(new Formulas(this, layer, input));
            Arrays.setAll(output, at::value);
            x = output;
        }
        return x;
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
            float[] bias = parameter("bias");
            Shape in = layer.input();
            int k = conv.kernelSize().side();
            return index -> {
                int columns = layer.output().dimension(2);
                int rows = layer.output().dimension(1);
                int o = index / (rows * columns);
                int top =
                        index / columns % rows * conv.stride() - conv.padding().side();
                int left = index % columns * conv.stride() - conv.padding().side();
                double sum = bias[o];
                for (int tap = 0; tap < in.dimension(0) * k * k; tap++) {
                    int row = top + tap / k % k;
                    int column = left + tap % k;
                    if (row >= 0 && column >= 0 && row < in.dimension(1) && column < in.dimension(2)) {
                        sum += (double) weight[o * in.dimension(0) * k * k + tap]
                                * x[(tap / (k * k) * in.dimension(1) + row) * in.dimension(2) + column];
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
        public At visit(BatchNorm2d layer) {
            throw new UnsupportedOperationException(layer.kind());
        }

        @Override
        public At visit(GlobalAvgPool layer) {
            throw new UnsupportedOperationException(layer.kind());
        }

        @Override
        public At visit(GroupNorm layer) {
            throw new UnsupportedOperationException(layer.kind());
        }

        @Override
        public At visit(LeakyRelu layer) {
            throw new UnsupportedOperationException(layer.kind());
        }

        @Override
        public At visit(Residual layer) {
            throw new UnsupportedOperationException(layer.kind());
        }

        @Override
        public At visit(Sigmoid layer) {
            throw new UnsupportedOperationException(layer.kind());
        }

        @Override
        public At visit(SmoothUnit layer) {
            throw new UnsupportedOperationException(layer.kind());
        }
    }
}
