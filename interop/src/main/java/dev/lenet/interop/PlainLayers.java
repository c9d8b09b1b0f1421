package dev.lenet.interop;

import dev.lenet.api.LenetException;
import dev.lenet.api.network.BatchNorm2d;
import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.GlobalAvgPool;
import dev.lenet.api.network.GroupNorm;
import dev.lenet.api.network.LayerVisitor;
import dev.lenet.api.network.LeakyRelu;
import dev.lenet.api.network.Network.NamedLayer;
import dev.lenet.api.network.Residual;
import dev.lenet.api.network.Sigmoid;
import dev.lenet.api.network.SmoothUnit;

/** What source code has for a layer; the kinds that have no loops there yet are refused. */
abstract class PlainLayers implements LayerVisitor<String> {
    private final NamedLayer layer;

    PlainLayers(NamedLayer layer) {
        this.layer = layer;
    }

    final NamedLayer layer() {
        return layer;
    }

    /** @throws LenetException if the loops written for convolutions do not fit this one */
    final void checkPlain(Conv2d conv) {
        if (!conv.kernelSize().isSquare() || !conv.padding().isSquare() || conv.groups() > 1 || !conv.bias()) {
            throw refusal("a convolution with a square kernel, one group and a bias", conv.toString());
        }
    }

    @Override
    public final String visit(BatchNorm2d kind) {
        throw unknown();
    }

    @Override
    public final String visit(GlobalAvgPool kind) {
        throw unknown();
    }

    @Override
    public final String visit(GroupNorm kind) {
        throw unknown();
    }

    @Override
    public final String visit(LeakyRelu kind) {
        throw unknown();
    }

    @Override
    public final String visit(Residual kind) {
        throw unknown();
    }

    @Override
    public final String visit(Sigmoid kind) {
        throw unknown();
    }

    @Override
    public final String visit(SmoothUnit kind) {
        throw unknown();
    }

    private LenetException unknown() {
        return refusal(
                "a plain convolution, pooling, a fully connected layer, relu, tanh, flatten or dropout",
                layer.spec().kind());
    }

    private LenetException refusal(String expected, String received) {
        return new LenetException("Source code of " + layer + ": expected " + expected + ", received " + received
                + ". Write an ONNX file instead.");
    }
}
