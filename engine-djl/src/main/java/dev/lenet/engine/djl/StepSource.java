package dev.lenet.engine.djl;

import dev.lenet.api.engine.TrainingSpec;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Network.NamedLayer;
import dev.lenet.api.network.ParameterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes the training step of a network as a program in TorchScript: forward, the loss, backward, and the update.
 *
 * <p>Layer i maps {@code x<i>} to {@code x<i+1>}; {@code d<i>} is the gradient of the loss with respect to {@code x<i>};
 * {@code p<j>} and {@code g<j>} are parameter j and its gradient, in the network's order. The backward pass is written out,
 * layer by layer, with the operations that PyTorch's autograd would call, see {@link LayerSource}: that saves recording what was done, another
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
    private final Names.Program names;
    private final boolean keeps;
    private final StringBuilder text = new StringBuilder();

    private StepSource(Network network, TrainingSpec spec) {
        this.network = network;
        this.spec = spec;
        this.names = Names.Program.of(network, "p%s");
        this.keeps = !network.isAllTrainable();
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
        method(BOTH, keeps ? "Tuple[Tensor, Tensor, Tensor]" : "Tuple[Tensor, Tensor]");
        parameters();
        for (NamedLayer layer : network.layers()) {
            LayerSources.of(layer).train(names.of(layer)).forEach(this::line);
        }
        loss();
        int first = firstWithParameters();
        for (int i = network.layers().size() - 1; i >= first; i--) {
            NamedLayer layer = network.layers().get(i);
            LayerSources.of(layer).backward(names.of(layer), i > first).forEach(this::line);
        }
        String gradients = "torch.cat([%s], 0)".formatted(each("torch.reshape(g%s, [-1])", true));
        line(
                keeps
                        ? "return (loss, %s, torch.cat([%s], 0))".formatted(gradients, each("k%s", false))
                        : "return (loss, %s)".formatted(gradients));
        method(GRADIENTS, "Tensor");
        line("loss, g, %s= (self).both(inputs, labels, start, weights, masks)".formatted(keeps ? "kept, " : ""));
        line("return torch.cat([g, torch.reshape(loss, [1])], 0)");
    }

    private void update() {
        if (keeps) {
            signature(
                    "change",
                    List.of("g: Tensor", "all: Tensor", "memory: List[Tensor]", "rates: List[float]"),
                    "None");
            trainable();
        } else {
            signature(
                    "change",
                    List.of("g: Tensor", "weights: Tensor", "slots: List[Tensor]", "rates: List[float]"),
                    "None");
        }
        UpdateSource.of(spec).forEach(this::line);
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

    /** What is not trainable stands behind the rest, where no update reaches it. */
    private void trainable() {
        int size = network.parameterCount();
        line("weights = torch.narrow(all, 0, 0, %s)".formatted(size));
        List<String> windows = new ArrayList<>();
        for (int slot = 0; slot < spec.slots().size(); slot++) {
            windows.add("torch.narrow(memory[%s], 0, 0, %s)".formatted(slot, size));
        }
        line("slots = annotate(List[Tensor], %s)".formatted(windows));
    }

    private void step() {
        method(STEP, "Tensor", "slots: List[Tensor]", "rates: List[float]");
        line("loss, g, %s= (self).both(inputs, labels, start, weights, masks)".formatted(keeps ? "kept, " : ""));
        line("changed = (self).change(g, weights, slots, rates)");
        if (keeps) {
            line("window = torch.narrow(weights, 0, %s, torch.numel(kept))".formatted(network.parameterCount()));
            line("copied = torch.copy_(window, kept)");
        }
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
        List<ParameterSpec> order = ParameterLayout.order(network);
        String sizes =
                order.stream().map(each -> String.valueOf(each.shape().size())).collect(Collectors.joining(", "));
        line("flat = torch.split_with_sizes(weights, [%s], 0)".formatted(sizes));
        List<ParameterSpec> parameters = network.parameters();
        for (int j = 0; j < parameters.size(); j++) {
            line("p%s = torch.view(flat[%s], %s)"
                    .formatted(
                            j,
                            order.indexOf(parameters.get(j)),
                            Dimensions.of(parameters.get(j).shape())));
        }
        line("x0 = inputs");
    }

    private void loss() {
        String logits = "x" + network.layers().size();
        String gradient = "d" + network.layers().size();
        LossSource.of(spec.loss()).statements(logits, gradient).forEach(this::line);
    }

    private int firstWithParameters() {
        return network.layers().stream()
                .filter(layer -> !layer.parameters().isEmpty())
                .findFirst()
                .orElseThrow()
                .index();
    }

    /** The numbers of the trainable parameters, or of the others, in the network's order. */
    private String each(String format, boolean trainable) {
        List<ParameterSpec> parameters = network.parameters();
        List<String> all = new ArrayList<>();
        for (int j = 0; j < parameters.size(); j++) {
            if (parameters.get(j).trainable() == trainable) {
                all.add(format.formatted(j));
            }
        }
        return String.join(", ", all);
    }
}
