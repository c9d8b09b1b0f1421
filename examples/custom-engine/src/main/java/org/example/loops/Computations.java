package org.example.loops;

import dev.lenet.api.network.AvgPool2d;
import dev.lenet.api.network.BatchNorm2d;
import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.Dropout;
import dev.lenet.api.network.Flatten;
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
import dev.lenet.api.network.SmoothUnit;
import dev.lenet.api.network.Tanh;
import java.util.List;

/** The computation of each kind of layer. A kind that is forgotten here does not compile. */
record Computations(NamedLayer layer, Parameters weights) implements LayerVisitor<Computation> {

    @Override
    public Computation visit(Conv2d conv) {
        return new Convolution(layer, conv, weights);
    }

    @Override
    public Computation visit(MaxPool2d pool) {
        return new Pooling.Max(new Pooling(layer, pool.kernelSize(), pool.stride()));
    }

    @Override
    public Computation visit(AvgPool2d pool) {
        return new Pooling.Average(new Pooling(layer, pool.kernelSize(), pool.stride()));
    }

    @Override
    public Computation visit(Linear linear) {
        return new FullyConnected(layer, weights);
    }

    @Override
    public Computation visit(Relu relu) {
        return Elementwise.RELU;
    }

    @Override
    public Computation visit(Tanh tanh) {
        return Elementwise.TANH;
    }

    @Override
    public Computation visit(GlobalAvgPool pool) {
        return new GlobalPooling(layer);
    }

    @Override
    public Computation visit(LeakyRelu relu) {
        float slope = relu.slope();
        return new Elementwise(x -> x > 0 ? x : slope * x, (x, y, dY) -> x > 0 ? dY : slope * dY);
    }

    @Override
    public Computation visit(SmoothUnit unit) {
        return new Elementwise(x -> (float) unit.value(x), (x, y, dY) -> (float) (dY * unit.slope(x)));
    }

    @Override
    public Computation visit(Sigmoid sigmoid) {
        return Elementwise.SIGMOID;
    }

    @Override
    public Computation visit(Flatten flatten) {
        return Elementwise.IDENTITY;
    }

    @Override
    public Computation visit(Dropout dropout) {
        return new Masking(layer, dropout);
    }

    @Override
    public Computation visit(GroupNorm norm) {
        return new GroupNormalisation(layer, norm, weights);
    }

    @Override
    public Computation visit(BatchNorm2d norm) {
        return new BatchNormalisation(layer, norm, weights);
    }

    @Override
    public Computation visit(Residual residual) {
        List<Computation> parts = residual.parts(layer.name(), layer.input()).stream()
                .map(part -> Computation.of(part, weights))
                .toList();
        int body = residual.layers().size();
        return new Addition(parts.subList(0, body), parts.subList(body, parts.size()));
    }
}
