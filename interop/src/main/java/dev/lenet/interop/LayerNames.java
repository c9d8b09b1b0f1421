package dev.lenet.interop;

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
import dev.lenet.api.network.Relu;
import dev.lenet.api.network.Residual;
import dev.lenet.api.network.Sigmoid;
import dev.lenet.api.network.SmoothUnit;
import dev.lenet.api.network.Tanh;

/** How the networks of the api call their layers, before the number. */
final class LayerNames implements LayerVisitor<String> {

    @Override
    public String visit(Conv2d layer) {
        return "conv";
    }

    @Override
    public String visit(MaxPool2d layer) {
        return "pool";
    }

    @Override
    public String visit(AvgPool2d layer) {
        return "pool";
    }

    @Override
    public String visit(Linear layer) {
        return "fc";
    }

    @Override
    public String visit(Relu layer) {
        return "relu";
    }

    @Override
    public String visit(Tanh layer) {
        return "tanh";
    }

    @Override
    public String visit(Flatten layer) {
        return "flatten";
    }

    @Override
    public String visit(Dropout layer) {
        return "dropout";
    }

    @Override
    public String visit(BatchNorm2d layer) {
        return "norm";
    }

    @Override
    public String visit(GlobalAvgPool layer) {
        return "pool";
    }

    @Override
    public String visit(GroupNorm layer) {
        return "norm";
    }

    @Override
    public String visit(LeakyRelu layer) {
        return "relu";
    }

    @Override
    public String visit(Residual layer) {
        return "block";
    }

    @Override
    public String visit(Sigmoid layer) {
        return "sigmoid";
    }

    @Override
    public String visit(SmoothUnit layer) {
        return layer.kind();
    }
}
