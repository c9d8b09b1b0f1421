package dev.lenet.engine.djl;

import java.util.List;

/** The rectifier. */
record ReluSource() implements LayerSource {

    @Override
    public List<String> predict(Names names) {
        return List.of(names.in("{y} = torch.relu({x})"));
    }

    @Override
    public List<String> predictInPlace(Names names, boolean onHost) {
        return List.of(names.in("{y} = torch.relu_({x})"));
    }

    @Override
    public List<String> backward(Names names, boolean onward) {
        return List.of(names.in("{dX} = torch.threshold_backward({dY}, {y}, 0)"));
    }
}
