package dev.lenet.engine.djl;

import java.util.ArrayList;
import java.util.List;

/** A fully connected layer. */
record LinearSource() implements LayerSource {

    @Override
    public List<String> predict(Names names) {
        return List.of(names.in("{y} = torch.addmm(%s, {x}, torch.t(%s))").formatted(names.bias(), names.weight()));
    }

    @Override
    public List<String> backward(Names names, boolean onward) {
        List<String> statements = new ArrayList<>();
        statements.add(names.in("%s = torch.mm(torch.t({dY}), {x})").formatted(names.dWeight()));
        statements.add(names.in("%s = torch.sum({dY}, [0])").formatted(names.dBias()));
        if (onward) {
            statements.add(names.in("{dX} = torch.mm({dY}, %s)").formatted(names.weight()));
        }
        return statements;
    }
}
