package dev.lenet.tck.oracle;

import dev.lenet.api.network.AvgPool2d;
import dev.lenet.api.network.BatchNorm2d;
import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.Dropout;
import dev.lenet.api.network.Flatten;
import dev.lenet.api.network.Gelu;
import dev.lenet.api.network.GlobalAvgPool;
import dev.lenet.api.network.GroupNorm;
import dev.lenet.api.network.LayerVisitor;
import dev.lenet.api.network.LeakyRelu;
import dev.lenet.api.network.Linear;
import dev.lenet.api.network.MaxPool2d;
import dev.lenet.api.network.Network.NamedLayer;
import dev.lenet.api.network.Relu;
import dev.lenet.api.network.Residual;
import dev.lenet.api.network.Sigmoid;
import dev.lenet.api.network.Silu;
import dev.lenet.api.network.SmoothUnit;
import dev.lenet.api.network.Tanh;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The oracle of each kind of layer. */
record LayerOracles(NamedLayer layer, Map<String, double[]> parameters)
        implements LayerVisitor<LayerOracle>, SmoothUnit.Visitor<LayerOracle> {

    @Override
    public LayerOracle visit(Conv2d conv) {
        return new ConvolutionOracle(
                layer, conv, parameter("weight"), conv.bias() ? parameter("bias") : new double[conv.filters()]);
    }

    @Override
    public LayerOracle visit(MaxPool2d pool) {
        return new MaxPoolingOracle(SlidingWindows.of(layer, pool.kernelSize(), pool.stride(), 0));
    }

    @Override
    public LayerOracle visit(AvgPool2d pool) {
        return new AveragePoolingOracle(SlidingWindows.of(layer, pool.kernelSize(), pool.stride(), 0));
    }

    @Override
    public LayerOracle visit(Linear linear) {
        return new LinearOracle(layer, parameter("weight"), parameter("bias"));
    }

    @Override
    public LayerOracle visit(Relu relu) {
        return new ReluOracle();
    }

    @Override
    public LayerOracle visit(Tanh tanh) {
        return new TanhOracle();
    }

    @Override
    public LayerOracle visit(GlobalAvgPool pool) {
        return new AveragePoolingOracle(SlidingWindows.whole(layer));
    }

    @Override
    public LayerOracle visit(LeakyRelu relu) {
        return new LeakyReluOracle(relu.slope());
    }

    @Override
    public LayerOracle visit(SmoothUnit unit) {
        return unit.accept((SmoothUnit.Visitor<LayerOracle>) this);
    }

    @Override
    public LayerOracle visit(Silu silu) {
        return new SiluOracle();
    }

    @Override
    public LayerOracle visit(Gelu gelu) {
        return new GeluOracle();
    }

    @Override
    public LayerOracle visit(Sigmoid sigmoid) {
        return new SigmoidOracle();
    }

    @Override
    public LayerOracle visit(Flatten flatten) {
        return new FlattenOracle();
    }

    @Override
    public LayerOracle visit(Dropout dropout) {
        return new DropoutOracle(layer.name(), dropout);
    }

    @Override
    public LayerOracle visit(GroupNorm norm) {
        return new GroupNormOracle(layer, norm, parameter("weight"), parameter("bias"));
    }

    @Override
    public LayerOracle visit(BatchNorm2d norm) {
        return new BatchNormOracle(
                layer,
                norm,
                parameter("weight"),
                parameter("bias"),
                parameter("running_mean"),
                parameter("running_var"));
    }

    @Override
    public LayerOracle visit(Residual residual) {
        List<LayerOracle> parts = residual.parts(layer.name(), layer.input()).stream()
                .map(part -> LayerOracle.of(part, parameters))
                .toList();
        int body = residual.layers().size();
        return new ResidualOracle(parts.subList(0, body), residual.projection() == null ? null : parts.get(body));
    }

    private double[] parameter(String name) {
        return Objects.requireNonNull(parameters.get(layer.name() + "." + name), layer.name());
    }
}
