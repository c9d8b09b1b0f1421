package dev.lenet.app.serve;

import dev.lenet.api.Shape;
import dev.lenet.api.network.LayerSpec.Role;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Network.NamedLayer;
import java.util.ArrayList;
import java.util.List;

/**
 * A layer whose output is shown. A convolution or a fully connected layer is shown behind its activation; layers that only
 * hand values on, flatten and dropout, are not.
 *
 * @param name of the layer with the parameters, if there is one
 * @param kinds what happens, in order, for example {@code conv2d} and {@code relu}
 * @param index of the layer whose output is shown
 */
record ShownLayer(String name, List<String> kinds, int index, Shape output) {

    static List<ShownLayer> of(Network network) {
        List<NamedLayer> layers = network.layers();
        List<ShownLayer> shown = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            NamedLayer layer = layers.get(i);
            if (layer.spec().role() == Role.PASSING) {
                continue;
            }
            List<String> kinds = new ArrayList<>(List.of(layer.spec().kind()));
            boolean weighs = layer.spec().role() == Role.WEIGHTED;
            if (weighs && i + 1 < layers.size() && layers.get(i + 1).spec().role() == Role.ACTIVATION) {
                i++;
                kinds.add(layers.get(i).spec().kind());
            }
            shown.add(new ShownLayer(
                    layer.name(), List.copyOf(kinds), i, layers.get(i).output()));
        }
        return shown;
    }
}
