package dev.lenet.engine.djl;

import java.util.List;

/** A window onto the same values with another shape. */
record FlattenSource() implements LayerSource {

    @Override
    public List<String> predict(Names names) {
        return List.of(names.in("{y} = torch.reshape({x}, [-1, %s])")
                .formatted(names.layer().output().size()));
    }

    @Override
    public List<String> backward(Names names, boolean onward) {
        return List.of(names.in("{dX} = torch.reshape({dY}, %s)")
                .formatted(Dimensions.of(names.layer().input(), "-1")));
    }
}
