package dev.lenet.engine.djl;

import dev.lenet.api.network.MaxPool2d;
import dev.lenet.api.network.Network.NamedLayer;
import java.util.ArrayList;
import java.util.List;

/** Max-pooling; a training step keeps the position of each maximum. */
record MaxPoolingSource(MaxPool2d pool) implements LayerSource {

    @Override
    public List<String> predict(Names names) {
        return List.of(names.in("{y} = torch.max_pool2d({x}, %s, [0, 0], [1, 1], False)")
                .formatted(window()));
    }

    @Override
    public List<String> predictOnHost(Names names) {
        return List.of(
                names.y() + " = " + largest(names.layer(), names.x(), 2),
                names.y() + " = " + largest(names.layer(), names.y(), 3));
    }

    /**
     * The largest of each window along one axis. Twice that is max-pooling, to the bit, without the position of each
     * maximum, for which PyTorch goes through the windows one value at a time.
     *
     * @param axis 2 for the height, 3 for the width
     */
    private String largest(NamedLayer layer, String x, int axis) {
        int end = (layer.output().dimension(axis - 1) - 1) * pool.stride() + 1;
        List<String> shifted = new ArrayList<>();
        for (int i = 0; i < pool.kernelSize(); i++) {
            shifted.add("torch.slice(%s, %s, %s, %s, %s)".formatted(x, axis, i, i + end, pool.stride()));
        }
        return shifted.stream().reduce("torch.maximum(%s, %s)"::formatted).orElseThrow();
    }

    @Override
    public List<String> train(Names names) {
        return List.of(names.in("{y}, %s, = torch.max_pool2d_with_indices({x}, %s, [0, 0], [1, 1], False)")
                .formatted(names.own("at"), window()));
    }

    @Override
    public List<String> backward(Names names, boolean onward) {
        return List.of(
                names.in("{dX} = torch.max_pool2d_with_indices_backward({dY}, {x}, %s, [0, 0], [1, 1], False, %s)")
                        .formatted(window(), names.own("at")));
    }

    private String window() {
        return Dimensions.both(pool.kernelSize()) + ", " + Dimensions.both(pool.stride());
    }
}
