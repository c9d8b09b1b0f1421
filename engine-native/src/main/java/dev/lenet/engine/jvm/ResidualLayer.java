package dev.lenet.engine.jvm;

import dev.lenet.api.network.Network.NamedLayer;
import dev.lenet.api.network.Residual;
import java.util.List;

/**
 * Layers whose output is added to their input, or to its projection.
 *
 * <p>In a plan their stages stand between two of this layer's own: in the forward pass the second one adds, and in the backward pass it
 * hands the gradient to both, and the first one adds.
 */
record ResidualLayer(NamedLayer layer, Residual spec, Fusion behind) implements LayerCompiler {

    private List<NamedLayer> body() {
        return spec.body(layer.name(), layer.input());
    }

    /** The projection alone, or nothing. */
    private List<NamedLayer> projection() {
        List<NamedLayer> parts = spec.parts(layer.name(), layer.input());
        return parts.subList(spec.layers().size(), parts.size());
    }

    @Override
    public Activation block(PlanBuilder plan, Activation in) {
        Activation bodyIn = in.fork();
        Activation skipIn = in.fork();
        plan.add(new Fork(in, bodyIn, skipIn));
        Activation body = plan.compile(body(), bodyIn);
        Activation skip = plan.compile(projection(), skipIn);
        Activation out = plan.activation(layer.output());
        plan.add(new Join(body, skip, out, behind.relu()));
        return out;
    }

    @Override
    public SingleImage single(SingleImagePlan.Builder plan, SingleImage in) {
        SingleImage skip = projection().isEmpty() ? copy(plan, in) : plan.compile(projection(), in);
        SingleImage body = plan.compile(body(), in);
        SingleImage out = SingleImage.of(layer.output());
        plan.add(() -> {
            for (int c = 0; c < out.planes().length; c++) {
                add(body, skip, c, out);
            }
        });
        return out;
    }

    /** What the body, which may write over its input, leaves as it was. */
    private SingleImage copy(SingleImagePlan.Builder plan, SingleImage in) {
        SingleImage copy = SingleImage.of(layer.input());
        plan.add(() -> {
            for (int c = 0; c < copy.planes().length; c++) {
                for (int y = 0; y < copy.height(); y++) {
                    System.arraycopy(in.planes()[c], y * in.pitch(), copy.planes()[c], y * copy.pitch(), copy.width());
                }
            }
        });
        return copy;
    }

    private static void add(SingleImage a, SingleImage b, int c, SingleImage out) {
        for (int y = 0; y < out.height(); y++) {
            for (int x = 0; x < out.width(); x++) {
                out.planes()[c][y * out.pitch() + x] =
                        a.planes()[c][y * a.pitch() + x] + b.planes()[c][y * b.pitch() + x];
            }
        }
    }

    /** Before the layers: both ways read the same values, and each has gradients of its own. */
    private record Fork(Activation input, Activation body, Activation skip) implements Stage {
        @Override
        public void forward(long step, int firstImage) {}

        @Override
        public void backward(NetworkParameters gradients) {
            for (int r = 0; r < input.gradients().length; r++) {
                add(body.gradients()[r], skip.gradients()[r], input.gradients()[r], Float.NEGATIVE_INFINITY);
            }
        }
    }

    /** Behind them, with the rectifier behind the sum if there is one. */
    private record Join(Activation body, Activation skip, Activation output, boolean relu) implements Stage {
        @Override
        public void forward(long step, int firstImage) {
            float least = relu ? 0 : Float.NEGATIVE_INFINITY;
            for (int r = 0; r < output.values().length; r++) {
                add(body.values()[r], skip.values()[r], output.values()[r], least);
            }
        }

        @Override
        public void backward(NetworkParameters gradients) {
            if (relu) {
                Elementwise.reluBackward(output.values(), output.gradients());
            }
            for (int r = 0; r < output.gradients().length; r++) {
                float[] row = output.gradients()[r];
                System.arraycopy(row, 0, body.gradients()[r], 0, row.length);
                System.arraycopy(row, 0, skip.gradients()[r], 0, row.length);
            }
        }
    }

    /** {@code sum = max(a + b, least)} */
    private static void add(float[] a, float[] b, float[] sum, float least) {
        for (int j = 0; j < sum.length; j++) {
            sum[j] = Math.max(a[j] + b[j], least);
        }
    }
}
