package dev.lenet.engine.jvm;

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

/** Where each kind of layer is at home on this engine. */
record LayerCompilers(NamedLayer layer, Fusion behind) implements LayerVisitor<LayerCompiler> {

    /**
     * @param behind what a block computes together with the layer
     */
    static LayerCompiler of(NamedLayer layer, Fusion behind) {
        return layer.spec().accept(new LayerCompilers(layer, behind));
    }

    @Override
    public LayerCompiler visit(Conv2d conv) {
        return ConvolutionLayer.takes(conv)
                ? new ConvolutionLayer(layer, conv, behind)
                : new DirectConvolution(layer, conv);
    }

    @Override
    public LayerCompiler visit(MaxPool2d pool) {
        return new MaxPoolingLayer(layer, pool);
    }

    @Override
    public LayerCompiler visit(AvgPool2d pool) {
        return new AveragePoolingLayer(layer, pool);
    }

    @Override
    public LayerCompiler visit(Linear linear) {
        return new LinearLayer(layer, behind);
    }

    @Override
    public LayerCompiler visit(Relu relu) {
        return new ElementwiseLayer(new ReluFunction());
    }

    @Override
    public LayerCompiler visit(Tanh tanh) {
        return new ElementwiseLayer(new TanhFunction());
    }

    @Override
    public LayerCompiler visit(GlobalAvgPool pool) {
        return new GlobalPoolingLayer(layer);
    }

    @Override
    public LayerCompiler visit(LeakyRelu relu) {
        return new ElementwiseLayer(new LeakyReluFunction(relu.slope()));
    }

    @Override
    public LayerCompiler visit(SmoothUnit unit) {
        return new ElementwiseLayer(new SmoothFunction(unit));
    }

    @Override
    public LayerCompiler visit(Sigmoid sigmoid) {
        return new ElementwiseLayer(new SigmoidFunction());
    }

    @Override
    public LayerCompiler visit(Flatten flatten) {
        return new FlattenLayer(layer);
    }

    @Override
    public LayerCompiler visit(Dropout dropout) {
        return new DropoutLayer(layer.name(), dropout);
    }

    @Override
    public LayerCompiler visit(GroupNorm norm) {
        return new GroupNormLayer(layer, norm);
    }

    @Override
    public LayerCompiler visit(BatchNorm2d norm) {
        return new BatchNormLayer(layer, norm, behind);
    }

    @Override
    public LayerCompiler visit(Residual residual) {
        return new ResidualLayer(layer, residual, behind);
    }
}
