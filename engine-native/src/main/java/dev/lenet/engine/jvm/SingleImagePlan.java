package dev.lenet.engine.jvm;

import dev.lenet.api.Shape;
import dev.lenet.api.network.AvgPool2d;
import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.LayerSpec;
import dev.lenet.api.network.MaxPool2d;
import dev.lenet.api.network.Network.NamedLayer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A network compiled to predict one image at a time. {@link Plan} computes sixteen together, and takes as long when only one is
 * asked for.
 *
 * <p>The idea: without other images beside it, a picture is still long if its rows follow each other in one array, a plane.
 * A tap of a convolution then reads the same plane from a fixed distance further on, for all places of the output at once;
 * where a window would reach around the end of a row it computes a value that nobody reads. So a convolution is one product
 * of matrices, with rows of 896 and 140 values in LeNet-5, and its logits are the same to the last bit as those of a block:
 * every element is the same sum in the same order. With a stride, the rows and columns that a tap meets are a plane of their
 * own, so that only the places of the output are computed.
 */
final class SingleImagePlan {
    /** The values of one image; value (c, y, x) is {@code planes[c][y * pitch + x]}. A vector is one plane of one row. */
    private record Image(float[][] planes, int height, int width, int pitch) {
        /** With enough behind the last value for whole registers. */
        static Image of(Shape shape) {
            if (shape.rank() != 3) {
                int size = shape.size();
                return new Image(new float[1][Kernels.padded(size)], 1, size, size);
            }
            int height = shape.dimension(1);
            int width = shape.dimension(2);
            return new Image(new float[shape.dimension(0)][Kernels.padded(height * width)], height, width, width);
        }

        void put(float[] values, int offset) {
            int from = offset;
            for (float[] plane : planes) {
                System.arraycopy(values, from, plane, 0, height * width);
                from += height * width;
            }
        }

        void get(float[] values, int offset) {
            int to = offset;
            for (float[] plane : planes) {
                for (int y = 0; y < height; y++) {
                    System.arraycopy(plane, y * pitch, values, to, width);
                    to += width;
                }
            }
        }
    }

    private final Kernels kernels;
    private final ModelParameters parameters;
    private final List<Runnable> steps = new ArrayList<>();
    private final Image input;
    private final Image output;
    private final float[] buffer;

    /**
     * @param layers of a network, from any one to any later one
     */
    SingleImagePlan(Kernels kernels, List<NamedLayer> layers, ModelParameters parameters) {
        this.kernels = kernels;
        this.parameters = parameters;
        input = Image.of(layers.get(0).input());
        buffer = new float[layers.get(0).input().size()];
        Image last = input;
        for (NamedLayer layer : layers) {
            last = compile(layer, last);
        }
        output = last;
    }

    private Image compile(NamedLayer layer, Image in) {
        LayerSpec spec = layer.spec();
        return switch (spec.kind()) {
            case "conv2d" -> convolution(layer, in);
            case "linear" -> fullyConnected(layer, in);
            case "max_pool2d" -> pooling(in, layer, ((MaxPool2d) spec).kernelSize(), ((MaxPool2d) spec).stride(), true);
            case "avg_pool2d" ->
                pooling(in, layer, ((AvgPool2d) spec).kernelSize(), ((AvgPool2d) spec).stride(), false);
            case "relu" -> inPlace(in, () -> Elementwise.relu(in.planes()));
            case "tanh" -> inPlace(in, () -> Elementwise.tanh(in.planes(), in.planes()));
            case "flatten" -> flatten(layer, in);
            case "dropout" -> in;
            default -> throw new IllegalArgumentException("no step for " + layer);
        };
    }

    private Image inPlace(Image image, Runnable step) {
        steps.add(step);
        return image;
    }

    private Image convolution(NamedLayer layer, Image in) {
        Conv2d conv = (Conv2d) layer.spec();
        int stride = conv.stride();
        int height = layer.output().dimension(1);
        int width = layer.output().dimension(2);
        int pitch = phaseLength(in.width(), conv);
        int length = Kernels.padded(height * pitch);
        int reach = (conv.kernelSize() - 1) / stride * (pitch + 1);
        int channels = in.planes().length;
        // Rows and columns a stride apart are neighbours in a plane of their own: (c * stride + y % stride) * stride +
        // x % stride.
        float[][] phases =
                new float[channels * stride * stride][Math.max(length + reach, phaseLength(in.height(), conv) * pitch)];
        Image out = new Image(new float[conv.filters()][length], height, width, pitch);
        int taps = conv.kernelSize() * conv.kernelSize();
        float[][] rows = new float[channels * taps][];
        int[] offsets = new int[rows.length];
        for (int tap = 0; tap < rows.length; tap++) {
            int u = tap % taps / conv.kernelSize();
            int v = tap % conv.kernelSize();
            rows[tap] = phases[(tap / taps * stride + u % stride) * stride + v % stride];
            offsets[tap] = u / stride * pitch + v / stride;
        }
        float[][] scratch = kernels.readsAtOffsets() ? new float[0][] : new float[rows.length][length];
        steps.add(() -> {
            LayerParameters values = parameters.of(layer);
            separate(in, conv, phases, pitch);
            for (int f = 0; f < conv.filters(); f++) {
                Arrays.fill(out.planes()[f], values.bias()[f]);
            }
            kernels.multiplyAdd(out.planes(), values.weight(), rows, offsets, scratch);
        });
        return out;
    }

    /** How many of so many rows or columns, with their padding, are a stride apart. */
    private static int phaseLength(int side, Conv2d conv) {
        return (side + 2 * conv.padding() + conv.stride() - 1) / conv.stride();
    }

    /** Puts the values of an image where they belong between the zeros of the padding. */
    private static void separate(Image in, Conv2d conv, float[][] phases, int pitch) {
        int stride = conv.stride();
        int padding = conv.padding();
        for (int c = 0; c < in.planes().length; c++) {
            float[] plane = in.planes()[c];
            for (int y = 0; y < in.height(); y++) {
                int from = y * in.pitch();
                int row = (c * stride + (y + padding) % stride) * stride;
                int to = (y + padding) / stride * pitch;
                if (stride == 1) {
                    System.arraycopy(plane, from, phases[row], to + padding, in.width());
                    continue;
                }
                for (int q = 0; q < stride; q++) {
                    int first = Math.floorMod(q - padding, stride);
                    int at = to + (first + padding) / stride;
                    for (int x = first; x < in.width(); x += stride) {
                        phases[row + q][at++] = plane[from + x];
                    }
                }
            }
        }
    }

    private Image pooling(Image in, NamedLayer layer, int size, int stride, boolean largest) {
        Image out = Image.of(layer.output());
        // Column after column of the windows: whole rows first, in loops that C2 vectorises.
        float[] row = new float[in.width()];
        float[] below = new float[in.width()];
        steps.add(() -> {
            for (int c = 0; c < out.planes().length; c++) {
                for (int i = 0; i < out.height(); i++) {
                    int first = i * stride * in.pitch();
                    System.arraycopy(in.planes()[c], first, row, 0, row.length);
                    if (largest) {
                        for (int u = 1; u < size; u++) {
                            System.arraycopy(in.planes()[c], first + u * in.pitch(), below, 0, row.length);
                            Elementwise.max(row, below);
                        }
                        largestOfEach(row, size, stride, out.planes()[c], i * out.width(), out.width());
                    } else {
                        average(in, c, first, size, stride, out.planes()[c], i * out.width(), out.width());
                    }
                }
            }
        });
        return out;
    }

    private static void largestOfEach(float[] row, int size, int stride, float[] out, int at, int count) {
        for (int x = 0; x < count; x++) {
            float best = row[x * stride];
            for (int v = 1; v < size; v++) {
                best = Math.max(best, row[x * stride + v]);
            }
            out[at + x] = best;
        }
    }

    /** Adds in the order of {@link AveragePoolingStage}. */
    private static void average(Image in, int c, int first, int size, int stride, float[] out, int at, int count) {
        float share = 1f / (size * size);
        for (int x = 0; x < count; x++) {
            float sum = 0;
            for (int tap = 0; tap < size * size; tap++) {
                sum += in.planes()[c][first + tap / size * in.pitch() + x * stride + tap % size];
            }
            out[at + x] = sum * share;
        }
    }

    private Image flatten(NamedLayer layer, Image in) {
        Image out = Image.of(layer.output());
        steps.add(() -> in.get(out.planes()[0], 0));
        return out;
    }

    private Image fullyConnected(NamedLayer layer, Image in) {
        Image out = Image.of(layer.output());
        steps.add(() -> {
            float[] bias = parameters.of(layer).bias();
            System.arraycopy(bias, 0, out.planes()[0], 0, bias.length);
            kernels.multiplyAdd(out.planes(), in.planes(), parameters.transposed(layer.name()));
        });
        return out;
    }

    Kernels kernels() {
        return kernels;
    }

    /** Where an example is written, row-major, before {@link #run}. */
    float[] example() {
        return buffer;
    }

    /** From {@link #example()} to its logits, at {@code logits[offset ...]}. */
    void run(float[] logits, int offset) {
        input.put(buffer, 0);
        for (Runnable step : steps) {
            step.run();
        }
        output.get(logits, offset);
    }
}
