package dev.lenet.engine.djl;

import dev.lenet.api.network.LayerSpec.Role;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Network.NamedLayer;
import java.util.List;

/**
 * Writes prediction as a program in TorchScript: the whole network, and each of its layers by itself.
 *
 * <p>Layer i maps {@code x<i>} to {@code x<i+1>}, in the statements of its {@link LayerSource}.
 */
final class ForwardSource {
    /** {@code all(x0, parameters)}: the output of the network, in memory of its own. */
    static final String ALL = "all";

    private final Network network;
    private final boolean onHost;
    private final Names.Program names;
    private final StringBuilder text = new StringBuilder();

    private ForwardSource(Network network, boolean onHost) {
        this.network = network;
        this.onHost = onHost;
        this.names = Names.Program.of(network, "parameters[%s]");
    }

    /**
     * The methods.
     *
     * @param onHost whether a CPU computes
     */
    static String of(Network network, boolean onHost) {
        ForwardSource source = new ForwardSource(network, onHost);
        source.all();
        network.layers().forEach(source::alone);
        return source.text.toString();
    }

    /** {@code layer<index>(x<index>, parameters)}: the output of one layer; it may be a window onto the input. */
    static String layer(int index) {
        return "layer" + index;
    }

    private void all() {
        signature(ALL, 0);
        for (NamedLayer layer : network.layers()) {
            layer(layer, followsProduct(layer));
        }
        // What flatten and dropout leave is a window onto the input, and that is reused.
        line("return torch.clone(x%s)".formatted(network.layers().size()));
    }

    /**
     * Whether a layer's input is an array that the program made, and not a window onto what it was given: then it may be
     * written over. With fewer arrays alive malloc keeps their memory from batch to batch; it was seen to give all of it
     * back to the system and to fetch it again, which took twice as long as 250 images of LeNet-5.
     */
    private boolean followsProduct(NamedLayer layer) {
        if (layer.index() == 0) {
            return false;
        }
        return network.layers().get(layer.index() - 1).spec().role() == Role.WEIGHTED;
    }

    private void alone(NamedLayer layer) {
        signature(layer(layer.index()), layer.index());
        layer(layer, false);
        line("return x%s".formatted(layer.index() + 1));
    }

    private void signature(String name, int input) {
        text.append("  def %s(self: __torch__.%s,\n    x%s: Tensor,\n    parameters: List[Tensor]) -> Tensor:\n"
                .formatted(name, Script.NAME, input));
    }

    private void line(String statement) {
        text.append("    ").append(statement).append('\n');
    }

    private void layer(NamedLayer layer, boolean inPlace) {
        LayerSource source = LayerSources.of(layer);
        Names own = names.of(layer);
        List<String> anywhere = onHost ? source.predictOnHost(own) : source.predict(own);
        (inPlace ? source.predictInPlace(own, onHost) : anywhere).forEach(this::line);
    }
}
