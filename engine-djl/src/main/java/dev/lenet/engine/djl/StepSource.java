package dev.lenet.engine.djl;

import dev.lenet.api.engine.Loss;
import dev.lenet.api.engine.Optimizer;
import dev.lenet.api.engine.TrainingSpec;
import dev.lenet.api.network.AvgPool2d;
import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.Dropout;
import dev.lenet.api.network.Flatten;
import dev.lenet.api.network.LayerSpec;
import dev.lenet.api.network.Linear;
import dev.lenet.api.network.MaxPool2d;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Network.NamedLayer;
import dev.lenet.api.network.ParameterSpec;
import dev.lenet.api.network.Relu;
import dev.lenet.api.network.Tanh;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes the training step of a network as a program in TorchScript: forward, the loss, backward, and the update.
 *
 * <p>Layer i maps {@code x<i>} to {@code x<i+1>}; {@code d<i>} is the gradient of the loss with respect to {@code x<i>};
 * {@code p<j>} and {@code g<j>} are parameter j and its gradient, in the network's order. The way back is written out,
 * layer by layer, with the operations that PyTorch's autograd would call: that saves recording what was done, another
 * thread, and a good part of the operations. All parameters lie in one flat array, and so do their gradients, so that the
 * update is the same few operations for a network of any size.
 */
final class StepSource {
    /** {@code gradients(inputs, labels, start, weights, masks)}: all gradients, flat, and behind them the batch's mean loss. */
    static final String GRADIENTS = "gradients";

    /** {@code update(gradients, weights, slots, rates)}: the loss that is behind the gradients. */
    static final String UPDATE = "update";

    /** {@code step(inputs, labels, start, weights, masks, slots, rates)}: the batch's mean loss, no dimensions. */
    static final String STEP = "step";

    /** How {@code rates} is filled, see {@link #rates}. */
    private static final String RATE = "rates[0]";

    private static final String EPSILON = "rates[1]";
    private static final String KEEP = "rates[2]";

    private final Network network;
    private final TrainingSpec spec;
    private final StringBuilder text = new StringBuilder();

    private StepSource(Network network, TrainingSpec spec) {
        this.network = network;
        this.spec = spec;
    }

    /** The methods. */
    static String of(Network network, TrainingSpec spec) {
        StepSource source = new StepSource(network, spec);
        source.gradients();
        source.update();
        source.step();
        return source.text.toString();
    }

    /**
     * The numbers that change from step to step.
     *
     * @param step counted from 1
     */
    static double[] rates(Optimizer optimizer, double learningRate, long step) {
        if (optimizer instanceof Optimizer.Adam adam) {
            // lr / (1 - beta1^t) * m / (sqrt(v) / c + epsilon) is lr / (1 - beta1^t) * c * m / (sqrt(v) + c * epsilon).
            double c = Math.sqrt(1 - Math.pow(adam.beta2(), (double) step));
            double rate = learningRate / (1 - Math.pow(adam.beta1(), (double) step)) * c;
            return new double[] {rate, c * adam.epsilon(), 1 - learningRate * adam.weightDecay()};
        }
        return new double[] {learningRate, 0, 1};
    }

    private void line(String statement) {
        text.append("    ").append(statement).append('\n');
    }

    private void gradients() {
        method("both", "Tuple[Tensor, Tensor]");
        parameters();
        network.layers().forEach(layer -> forward(layer.index(), layer));
        loss();
        int first = firstWithParameters();
        for (int i = network.layers().size() - 1; i >= first; i--) {
            backward(i, network.layers().get(i), i > first);
        }
        line("return (loss, torch.cat([%s], 0))"
                .formatted(each("torch.reshape(g%d, [-1])", network.parameters().size())));
        method(GRADIENTS, "Tensor");
        line("loss, g, = (self).both(inputs, labels, start, weights, masks)");
        line("return torch.cat([g, torch.reshape(loss, [1])], 0)");
    }

    private void update() {
        signature(
                "change", List.of("g: Tensor", "weights: Tensor", "slots: List[Tensor]", "rates: List[float]"), "None");
        clip();
        if (spec.optimizer() instanceof Optimizer.Sgd sgd) {
            update(sgd);
        } else if (spec.optimizer() instanceof Optimizer.Adam adam) {
            update(adam);
        } else {
            throw new IllegalStateException("Optimizer is sealed, and " + spec.optimizer() + " was forgotten here");
        }
        if (spec.averageDecay() > 0) {
            int slot = spec.slots().indexOf(TrainingSpec.AVERAGE);
            line("a = torch.lerp_(slots[%d], weights, %s)".formatted(slot, number(1 - spec.averageDecay())));
        }
        line("return None");

        signature(
                UPDATE,
                List.of("gradients: Tensor", "weights: Tensor", "slots: List[Tensor]", "rates: List[float]"),
                "Tensor");
        int size = network.parameterCount();
        line("g, loss, = torch.split_with_sizes(gradients, [%d, 1], 0)".formatted(size));
        line("changed = (self).change(g, weights, slots, rates)");
        line("return torch.reshape(loss, annotate(List[int], []))");
    }

    private void step() {
        method(STEP, "Tensor", "slots: List[Tensor]", "rates: List[float]");
        line("loss, g, = (self).both(inputs, labels, start, weights, masks)");
        line("changed = (self).change(g, weights, slots, rates)");
        line("return loss");
    }

    private void method(String name, String returned, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("inputs: Tensor", "labels: Tensor", "start: Tensor", "weights: Tensor", "masks: List[Tensor]"));
        arguments.addAll(List.of(more));
        signature(name, arguments, returned);
    }

    private void signature(String name, List<String> arguments, String returned) {
        text.append("  def %s(self: __torch__.%s,\n    %s) -> %s:\n"
                .formatted(name, Script.NAME, String.join(",\n    ", arguments), returned));
    }

    /** Windows onto the flat array. */
    private void parameters() {
        List<ParameterSpec> parameters = network.parameters();
        String sizes = parameters.stream()
                .map(each -> String.valueOf(each.shape().size()))
                .collect(Collectors.joining(", "));
        line("flat = torch.split_with_sizes(weights, [%s], 0)".formatted(sizes));
        for (int j = 0; j < parameters.size(); j++) {
            line("p%d = torch.view(flat[%d], %s)"
                    .formatted(j, j, dimensions(parameters.get(j).shape())));
        }
        line("x0 = inputs");
    }

    private void forward(int i, NamedLayer layer) {
        LayerSpec kind = layer.spec();
        int p = firstParameter(i);
        if (kind instanceof Conv2d conv) {
            line("x%d = torch.conv2d(x%d, p%d, p%d, %s, [1, 1], 1)".formatted(i + 1, i, p, p + 1, window(conv)));
        } else if (kind instanceof MaxPool2d pool) {
            String window = window(pool.kernelSize(), pool.stride());
            line("x%d, at%d, = torch.max_pool2d_with_indices(x%d, %s, [0, 0], [1, 1], False)"
                    .formatted(i + 1, i, i, window));
        } else if (kind instanceof AvgPool2d pool) {
            String window = window(pool.kernelSize(), pool.stride());
            line("x%d = torch.avg_pool2d(x%d, %s, [0, 0], False, True, None)".formatted(i + 1, i, window));
        } else if (kind instanceof Linear) {
            line("x%d = torch.addmm(p%d, x%d, torch.t(p%d))".formatted(i + 1, p + 1, i, p));
        } else if (kind instanceof Relu) {
            line("x%d = torch.relu(x%d)".formatted(i + 1, i));
        } else if (kind instanceof Tanh) {
            line("x%d = torch.tanh(x%d)".formatted(i + 1, i));
        } else if (kind instanceof Flatten) {
            line("x%d = torch.reshape(x%d, [-1, %d])"
                    .formatted(i + 1, i, layer.output().size()));
        } else if (kind instanceof Dropout) {
            line("x%d = torch.mul(x%d, masks[%d])".formatted(i + 1, i, dropoutsBefore(i)));
        } else {
            throw forgotten(kind);
        }
    }

    private void backward(int i, NamedLayer layer, boolean onward) {
        LayerSpec kind = layer.spec();
        int p = firstParameter(i);
        if (kind instanceof Conv2d conv) {
            line(("d%d, g%d, g%d, = torch.convolution_backward(d%d, x%d, p%d, [%d], %s, [1, 1], False, [0, 0], 1,"
                            + " [%s, True, True])")
                    .formatted(i, p, p + 1, i + 1, i, p, conv.filters(), window(conv), onward ? "True" : "False"));
        } else if (kind instanceof MaxPool2d pool) {
            String window = window(pool.kernelSize(), pool.stride());
            line("d%d = torch.max_pool2d_with_indices_backward(d%d, x%d, %s, [0, 0], [1, 1], False, at%d)"
                    .formatted(i, i + 1, i, window, i));
        } else if (kind instanceof AvgPool2d pool) {
            String window = window(pool.kernelSize(), pool.stride());
            line("d%d = torch.avg_pool2d_backward(d%d, x%d, %s, [0, 0], False, True, None)"
                    .formatted(i, i + 1, i, window));
        } else if (kind instanceof Linear) {
            line("g%d = torch.mm(torch.t(d%d), x%d)".formatted(p, i + 1, i));
            line("g%d = torch.sum(d%d, [0])".formatted(p + 1, i + 1));
            if (onward) {
                line("d%d = torch.mm(d%d, p%d)".formatted(i, i + 1, p));
            }
        } else if (kind instanceof Relu) {
            line("d%d = torch.threshold_backward(d%d, x%d, 0)".formatted(i, i + 1, i + 1));
        } else if (kind instanceof Tanh) {
            line("d%d = torch.tanh_backward(d%d, x%d)".formatted(i, i + 1, i + 1));
        } else if (kind instanceof Flatten) {
            line("d%d = torch.reshape(d%d, %s)".formatted(i, i + 1, dimensions(layer.input(), "-1")));
        } else if (kind instanceof Dropout) {
            line("d%d = torch.mul(d%d, masks[%d])".formatted(i, i + 1, dropoutsBefore(i)));
        } else {
            throw forgotten(kind);
        }
    }

    /** Softmax cross-entropy and its gradient with respect to the logits; {@code start} is 1, d(loss) / d(loss). */
    private void loss() {
        int last = network.layers().size();
        // Loss is sealed, and this is all that it permits.
        double smoothing = ((Loss.SoftmaxCrossEntropy) spec.loss()).labelSmoothing();
        line("logs = torch.log_softmax(x%d, 1)".formatted(last));
        line("sure, total, = torch.nll_loss_forward(logs, labels, None, 1, -100)");
        line("dlogs = torch.nll_loss_backward(start, logs, labels, None, 1, -100, total)");
        if (smoothing == 0) {
            line("loss = sure");
        } else {
            line("loss = torch.sub(torch.mul(sure, %s), torch.mean(logs), alpha=%s)"
                    .formatted(number(1 - smoothing), number(smoothing)));
            // Of each of the K values of a row: smoothing / (N * K).
            line("dlogs = torch.sub_(torch.mul_(dlogs, %s), torch.div(torch.mul(start, %s), torch.numel(logs)))"
                    .formatted(number(1 - smoothing), number(smoothing)));
        }
        line("d%d = torch._log_softmax_backward_data(dlogs, logs, 1, 6)".formatted(last));
    }

    /** {@link TrainingSpec#clipFactor}; squares are added in double precision, where none overflows or vanishes. */
    private void clip() {
        if (spec.clipNorm() > 0) {
            line("norm = torch.linalg_vector_norm(g, 2, None, False, dtype=7)");
            line("factor = torch.clamp(torch.mul(torch.reciprocal(torch.add(norm, %s)), %s), None, 1.)"
                    .formatted(number(1e-6), number(spec.clipNorm())));
            line("g = torch.mul_(g, factor)");
        }
    }

    private void update(Optimizer.Sgd sgd) {
        if (sgd.weightDecay() > 0) {
            line("g = torch.add_(g, weights, alpha=%s)".formatted(number(sgd.weightDecay())));
        }
        if (sgd.momentum() > 0) {
            line("g = torch.add_(torch.mul_(slots[0], %s), g)".formatted(number(sgd.momentum())));
        }
        line("w = torch.sub_(weights, g, alpha=%s)".formatted(RATE));
    }

    private void update(Optimizer.Adam adam) {
        if (adam.weightDecay() > 0 && adam.decoupled()) {
            line("w = torch.mul_(weights, %s)".formatted(KEEP));
        } else if (adam.weightDecay() > 0) {
            line("g = torch.add_(g, weights, alpha=%s)".formatted(number(adam.weightDecay())));
        }
        line("m = torch.lerp_(slots[0], g, %s)".formatted(number(1 - adam.beta1())));
        line("v = torch.addcmul_(torch.mul_(slots[1], %s), g, g, value=%s)"
                .formatted(number(adam.beta2()), number(1 - adam.beta2())));
        line("v = torch.add_(torch.sqrt(v), %s)".formatted(EPSILON));
        line("w = torch.addcdiv_(weights, m, v, value=torch.neg(%s))".formatted(RATE));
    }

    private int firstWithParameters() {
        return network.layers().stream()
                .filter(layer -> !layer.parameters().isEmpty())
                .findFirst()
                .orElseThrow()
                .index();
    }

    /** The number of the first parameter of layer i among all. */
    private int firstParameter(int i) {
        return network.layers().subList(0, i).stream()
                .mapToInt(layer -> layer.parameters().size())
                .sum();
    }

    private int dropoutsBefore(int i) {
        return (int) network.layers().subList(0, i).stream()
                .filter(layer -> layer.spec() instanceof Dropout)
                .count();
    }

    private static String window(Conv2d conv) {
        return "[%1$d, %1$d], [%2$d, %2$d]".formatted(conv.stride(), conv.padding());
    }

    private static String window(int kernelSize, int stride) {
        return "[%1$d, %1$d], [%2$d, %2$d]".formatted(kernelSize, stride);
    }

    private static String dimensions(dev.lenet.api.Shape shape, String... before) {
        List<String> all = new ArrayList<>(List.of(before));
        for (int axis = 0; axis < shape.rank(); axis++) {
            all.add(String.valueOf(shape.dimension(axis)));
        }
        return all.toString();
    }

    private static String each(String format, int count) {
        List<String> all = new ArrayList<>();
        for (int j = 0; j < count; j++) {
            all.add(format.formatted(j));
        }
        return String.join(", ", all);
    }

    /** All digits, as Python writes them. */
    private static String number(double value) {
        return Double.toString(value).replace('E', 'e');
    }

    private static IllegalStateException forgotten(LayerSpec spec) {
        return new IllegalStateException("LayerSpec is sealed, and " + spec.kind() + " was forgotten here");
    }
}
