package dev.lenet.engine.djl;

import dev.lenet.api.Shape;
import dev.lenet.api.network.GroupNorm;
import java.util.List;

/** Group normalisation; a training step keeps mean and inverse standard deviation of each group. */
record GroupNormSource(GroupNorm norm) implements LayerSource {

    @Override
    public List<String> predict(Names names) {
        return List.of(names.in("{y} = torch.group_norm({x}, %s, %s, %s, %s, True)")
                .formatted(norm.groups(), names.weight(), names.bias(), UpdateSource.number(norm.epsilon())));
    }

    @Override
    public List<String> train(Names names) {
        return List.of(
                names.in("{y}, %s, %s, = torch.native_group_norm(torch.contiguous({x}), %s, %s, torch.size({x}, 0),"
                                + " %s, %s)")
                        .formatted(
                                names.own("mean"),
                                names.own("inverse"),
                                names.weight(),
                                names.bias(),
                                sizes(names),
                                UpdateSource.number(norm.epsilon())));
    }

    @Override
    public List<String> backward(Names names, boolean onward) {
        return List.of(names.in("{dX}, %s, %s, = torch.native_group_norm_backward(torch.contiguous({dY}),"
                        + " torch.contiguous({x}), %s, %s, %s, torch.size({x}, 0), %s, [True, True, True])")
                .formatted(
                        names.dWeight(),
                        names.dBias(),
                        names.own("mean"),
                        names.own("inverse"),
                        names.weight(),
                        sizes(names)));
    }

    /** Channels, pixels of one, and groups. */
    private String sizes(Names names) {
        Shape input = names.layer().input();
        return "%s, %s, %s".formatted(input.dimension(0), input.dimension(1) * input.dimension(2), norm.groups());
    }
}
