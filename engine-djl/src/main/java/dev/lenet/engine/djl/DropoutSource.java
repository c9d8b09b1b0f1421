package dev.lenet.engine.djl;

import java.util.List;

/** A product with the mask in a training step, and nothing in a prediction. */
record DropoutSource() implements LayerSource {

    @Override
    public List<String> predict(Names names) {
        return List.of(names.in("{y} = {x}"));
    }

    @Override
    public List<String> train(Names names) {
        return List.of(names.in("{y} = torch.mul({x}, %s)").formatted(names.mask()));
    }

    @Override
    public List<String> backward(Names names, boolean onward) {
        return List.of(names.in("{dX} = torch.mul({dY}, %s)").formatted(names.mask()));
    }
}
