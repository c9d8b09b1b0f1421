package dev.lenet.engine.djl;

import dev.lenet.api.Shape;
import dev.lenet.api.network.BatchNorm2d;
import java.util.List;

/**
 * Batch normalisation. A training step keeps mean and inverse standard deviation of each channel, and computes what is to become of
 * the running ones, which the update copies.
 */
record BatchNormSource(BatchNorm2d norm) implements LayerSource {

    @Override
    public List<String> predict(Names names) {
        return List.of(names.in("{y} = torch.batch_norm({x}, %s, %s, %s, %s, False, %s, %s, True)")
                .formatted(
                        names.weight(),
                        names.bias(),
                        names.parameter("running_mean"),
                        names.parameter("running_var"),
                        UpdateSource.number(norm.momentum()),
                        UpdateSource.number(norm.epsilon())));
    }

    @Override
    public List<String> train(Names names) {
        Shape input = names.layer().input();
        int pixels = input.dimension(1) * input.dimension(2);
        String count = names.own("count");
        String correction = names.own("correction");
        return List.of(
                names.in("{y}, %s, %s, = torch.native_batch_norm({x}, %s, %s, None, None, True, 0., %s)")
                        .formatted(
                                names.own("mean"),
                                names.own("inverse"),
                                names.weight(),
                                names.bias(),
                                UpdateSource.number(norm.epsilon())),
                names.in("%s = torch.mul(torch.size({x}, 0), %s)").formatted(count, pixels),
                "if torch.eq(%s, 1):".formatted(count),
                "  %s = 1.".formatted(correction),
                "else:",
                "  %s = torch.div(%s, torch.sub(%s, 1))".formatted(correction, count, count),
                moved(names, "running_mean", names.own("mean")),
                moved(
                        names,
                        "running_var",
                        names.in("torch.mul(torch.var({x}, [0, 2, 3], False, False), %s)")
                                .formatted(correction)));
    }

    private String moved(Names names, String parameter, String value) {
        double share = norm.momentum();
        return "%s = torch.add(torch.mul(%s, %s), %s, alpha=%s)"
                .formatted(
                        names.kept(parameter),
                        names.parameter(parameter),
                        UpdateSource.number(1 - share),
                        value,
                        UpdateSource.number(share));
    }

    @Override
    public List<String> backward(Names names, boolean onward) {
        return List.of(
                names.in("{dX}, %s, %s, = torch.native_batch_norm_backward({dY}, {x}, %s, None, None, %s, %s, True, %s,"
                                + " [True, True, True])")
                        .formatted(
                                names.dWeight(),
                                names.dBias(),
                                names.weight(),
                                names.own("mean"),
                                names.own("inverse"),
                                UpdateSource.number(norm.epsilon())));
    }
}
