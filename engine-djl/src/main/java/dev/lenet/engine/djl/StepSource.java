package dev.lenet.engine.djl;

import dev.lenet.api.Shape;
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
 * {@code p<j>} and {@code g<j>} are parameter j and its gradient, in the network's order. The backward pass is written out,
 * layer by layer, with the operations that PyTorch's autograd would call: that saves recording what was done, another
 * thread, and a good part of the operations. {@link UpdateSource} has what happens to the weights. All parameters lie in one flat array, and so do their gradients, so that the
 * update is the same few operations for a network of any size.
 */
final class StepSource {
    /** {@code gradients(inputs, labels, start, weights, masks)}: all gradients, flat, and behind them the batch's mean loss. */
    static final String GRADIENTS = "gradients";

    /** {@code update(gradients, weights, slots, rates)}: the loss that is behind the gradients. */
    static final String UPDATE = "update";

    /** {@code step(inputs, labels, start, weights, masks, slots, rates)}: the batch's mean loss, no dimensions. */
    static final String STEP = "step";

    /** Loss and gradients, which both others need. */
    private static final String BOTH = "both";

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

    private void line(String statement) {
        text.append("    ").append(statement).append('\n');
    }

    private void gradients() {
        method(BOTH, "Tuple[Tensor, Tensor]");
        parameters();
        network.layers().forEach(layer -> forward(layer.index(), layer));
        loss();
        int first = firstWithParameters();
        for (int i = network.layers().size() - 1; i >= first; i--) {
            backward(i, network.layers().get(i), i > first);
        }
        line("return (loss, torch.cat([%s], 0))"
                .formatted(each("torch.reshape(g%s, [-1])", network.parameters().size())));
        method(GRADIENTS, "Tensor");
        line("loss, g, = (self).both(inputs, labels, start, weights, masks)");
        line("return torch.cat([g, torch.reshape(loss, [1])], 0)");
    }

    private void update() {
        signature(
                "change", List.of("g: Tensor", "weights: Tensor", "slots: List[Tensor]", "rates: List[float]"), "None");
        text.append(UpdateSource.of(spec));
        line("return None");

        signature(
                UPDATE,
                List.of("gradients: Tensor", "weights: Tensor", "slots: List[Tensor]", "rates: List[float]"),
                "Tensor");
        int size = network.parameterCount();
        line("g, loss, = torch.split_with_sizes(gradients, [%s, 1], 0)".formatted(size));
        line("changed = (self).change(g, weights, slots, rates)");
        // A copy, as a window would keep all gradients as long as the loss is kept.
        line("return torch.clone(torch.reshape(loss, annotate(List[int], [])))");
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
            line("p%s = torch.view(flat[%s], %s)"
                    .formatted(j, j, dimensions(parameters.get(j).shape())));
        }
        line("x0 = inputs");
    }

    private void forward(int i, NamedLayer layer) {
        LayerSpec kind = layer.spec();
        int p = LayerSource.firstParameter(network, i);
        if (kind instanceof MaxPool2d pool) {
            String window = LayerSource.window(pool.kernelSize(), pool.stride());
            line("x%s, at%s, = torch.max_pool2d_with_indices(x%s, %s, [0, 0], [1, 1], False)"
                    .formatted(i + 1, i, i, window));
        } else if (kind instanceof Dropout) {
            line("x%s = torch.mul(x%s, masks[%s])".formatted(i + 1, i, dropoutsBefore(i)));
        } else {
            line("x%s = %s".formatted(i + 1, LayerSource.of(layer, "x" + i, "p" + p, "p" + (p + 1))));
        }
    }

    private void backward(int i, NamedLayer layer, boolean onward) {
        LayerSpec kind = layer.spec();
        int p = LayerSource.firstParameter(network, i);
        if (kind instanceof Conv2d conv) {
            line(("d%s, g%s, g%s, = torch.convolution_backward(d%s, x%s, p%s, [%s], %s, [1, 1], False, [0, 0], 1,"
                            + " [%s, True, True])")
                    .formatted(
                            i,
                            p,
                            p + 1,
                            i + 1,
                            i,
                            p,
                            conv.filters(),
                            LayerSource.strideAndPadding(conv),
                            onward ? "True" : "False"));
        } else if (kind instanceof MaxPool2d pool) {
            String window = LayerSource.window(pool.kernelSize(), pool.stride());
            line("d%s = torch.max_pool2d_with_indices_backward(d%s, x%s, %s, [0, 0], [1, 1], False, at%s)"
                    .formatted(i, i + 1, i, window, i));
        } else if (kind instanceof AvgPool2d pool) {
            String window = LayerSource.window(pool.kernelSize(), pool.stride());
            line("d%s = torch.avg_pool2d_backward(d%s, x%s, %s, [0, 0], False, True, None)"
                    .formatted(i, i + 1, i, window));
        } else if (kind instanceof Linear) {
            line("g%s = torch.mm(torch.t(d%s), x%s)".formatted(p, i + 1, i));
            line("g%s = torch.sum(d%s, [0])".formatted(p + 1, i + 1));
            if (onward) {
                line("d%s = torch.mm(d%s, p%s)".formatted(i, i + 1, p));
            }
        } else if (kind instanceof Relu) {
            line("d%s = torch.threshold_backward(d%s, x%s, 0)".formatted(i, i + 1, i + 1));
        } else if (kind instanceof Tanh) {
            line("d%s = torch.tanh_backward(d%s, x%s)".formatted(i, i + 1, i + 1));
        } else if (kind instanceof Flatten) {
            line("d%s = torch.reshape(d%s, %s)".formatted(i, i + 1, dimensions(layer.input(), "-1")));
        } else if (kind instanceof Dropout) {
            line("d%s = torch.mul(d%s, masks[%s])".formatted(i, i + 1, dropoutsBefore(i)));
        } else {
            throw LayerSource.forgotten(kind);
        }
    }

    private void loss() {
        String logits = "x" + network.layers().size();
        String gradient = "d" + network.layers().size();
        text.append(LossSource.of(spec.loss(), logits, gradient));
    }

    private int firstWithParameters() {
        return network.layers().stream()
                .filter(layer -> !layer.parameters().isEmpty())
                .findFirst()
                .orElseThrow()
                .index();
    }

    private int dropoutsBefore(int i) {
        return (int) network.layers().subList(0, i).stream()
                .filter(layer -> layer.spec() instanceof Dropout)
                .count();
    }

    private static String dimensions(Shape shape, String... before) {
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
}
