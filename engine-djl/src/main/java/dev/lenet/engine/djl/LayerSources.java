package dev.lenet.engine.djl;

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

/** Where each kind of layer is at home on this engine. */
record LayerSources(NamedLayer layer) implements LayerVisitor<LayerSource>, SmoothUnit.Visitor<LayerSource> {

    static LayerSource of(NamedLayer layer) {
        return layer.spec().accept(new LayerSources(layer));
    }

    @Override
    public LayerSource visit(Conv2d conv) {
        return new ConvolutionSource(conv);
    }

    @Override
    public LayerSource visit(MaxPool2d pool) {
        return new MaxPoolingSource(pool);
    }

    @Override
    public LayerSource visit(AvgPool2d pool) {
        return new AveragePoolingSource(pool);
    }

    @Override
    public LayerSource visit(Linear linear) {
        return new LinearSource();
    }

    @Override
    public LayerSource visit(Relu relu) {
        return new ReluSource();
    }

    @Override
    public LayerSource visit(Tanh tanh) {
        return new ElementwiseSource("torch.tanh({x})", "torch.tanh_backward({dY}, {y})");
    }

    @Override
    public LayerSource visit(GlobalAvgPool pool) {
        return new GlobalPoolingSource();
    }

    @Override
    public LayerSource visit(LeakyRelu relu) {
        // A float is a double to the bit.
        String slope = UpdateSource.number(relu.slope());
        return new ElementwiseSource(
                "torch.leaky_relu({x}, " + slope + ")", "torch.leaky_relu_backward({dY}, {x}, " + slope + ", False)");
    }

    @Override
    public LayerSource visit(SmoothUnit unit) {
        return unit.accept((SmoothUnit.Visitor<LayerSource>) this);
    }

    @Override
    public LayerSource visit(Silu silu) {
        return new ElementwiseSource("torch.silu({x})", "torch.silu_backward({dY}, {x})");
    }

    @Override
    public LayerSource visit(Gelu gelu) {
        return new ElementwiseSource("torch.gelu({x})", "torch.gelu_backward({dY}, {x})");
    }

    @Override
    public LayerSource visit(Sigmoid sigmoid) {
        return new ElementwiseSource("torch.sigmoid({x})", "torch.sigmoid_backward({dY}, {y})");
    }

    @Override
    public LayerSource visit(Flatten flatten) {
        return new FlattenSource();
    }

    @Override
    public LayerSource visit(Dropout dropout) {
        return new DropoutSource();
    }

    @Override
    public LayerSource visit(GroupNorm norm) {
        return new GroupNormSource(norm);
    }

    @Override
    public LayerSource visit(BatchNorm2d norm) {
        return new BatchNormSource(norm);
    }

    @Override
    public LayerSource visit(Residual residual) {
        return new ResidualSource(residual);
    }
}
