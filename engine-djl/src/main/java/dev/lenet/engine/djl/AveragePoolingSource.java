package dev.lenet.engine.djl;

import dev.lenet.api.network.AvgPool2d;
import java.util.List;

/** Average-pooling. */
record AveragePoolingSource(AvgPool2d pool) implements LayerSource {

    @Override
    public List<String> predict(Names names) {
        return List.of(names.in("{y} = torch.avg_pool2d({x}, %s, [0, 0], False, True, None)")
                .formatted(window()));
    }

    @Override
    public List<String> backward(Names names, boolean onward) {
        return List.of(names.in("{dX} = torch.avg_pool2d_backward({dY}, {x}, %s, [0, 0], False, True, None)")
                .formatted(window()));
    }

    private String window() {
        return Dimensions.both(pool.kernelSize()) + ", " + Dimensions.both(pool.stride());
    }
}
