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
import dev.lenet.api.network.Network.NamedLayer;
import dev.lenet.api.network.ParameterSpec;
import dev.lenet.api.network.Relu;
import dev.lenet.api.network.Residual;
import dev.lenet.api.network.Sigmoid;
import dev.lenet.api.network.SmoothUnit;
import dev.lenet.api.network.Tanh;
import dev.lenet.api.network.Weights;
import java.util.List;

/** Layers as the script of a {@link WebPage} takes them: kind, shapes, what they need besides, parameters. */
final class PageLayers implements LayerVisitor<JsonText> {
    private final NamedLayer layer;
    private final Weights weights;
    private final JsonText json;

    private PageLayers(NamedLayer layer, Weights weights) {
        this.layer = layer;
        this.weights = weights;
        json = new JsonText()
                .text("kind", layer.spec().kind())
                .wholes("input", layer.input().toArray())
                .wholes("output", layer.output().toArray());
    }

    static String json(List<NamedLayer> layers, Weights weights) {
        return JsonText.array(layers.stream().map(layer -> json(layer, weights)).toList());
    }

    private static String json(NamedLayer layer, Weights weights) {
        return layer.spec().accept(new PageLayers(layer, weights)).toString();
    }

    private JsonText withParameters() {
        JsonText parameters = new JsonText();
        for (ParameterSpec parameter : layer.spec().parameters(layer.input())) {
            parameters.floats(parameter.name(), weights.get(layer.name() + "." + parameter.name()));
        }
        return json.value("parameters", parameters.toString());
    }

    @Override
    public JsonText visit(Conv2d conv) {
        json.wholes("kernel", conv.kernelSize().height(), conv.kernelSize().width())
                .wholes("padding", conv.padding().height(), conv.padding().width())
                .value("stride", String.valueOf(conv.stride()))
                .value("groups", String.valueOf(conv.groups()));
        return withParameters();
    }

    private JsonText window(int side, int stride) {
        return json.value("kernel", String.valueOf(side)).value("stride", String.valueOf(stride));
    }

    @Override
    public JsonText visit(MaxPool2d pool) {
        return window(pool.kernelSize(), pool.stride());
    }

    @Override
    public JsonText visit(AvgPool2d pool) {
        return window(pool.kernelSize(), pool.stride());
    }

    @Override
    public JsonText visit(GlobalAvgPool pool) {
        return json;
    }

    @Override
    public JsonText visit(Linear linear) {
        return withParameters();
    }

    @Override
    public JsonText visit(BatchNorm2d norm) {
        json.value("epsilon", Float.toString(norm.epsilon()));
        return withParameters();
    }

    @Override
    public JsonText visit(GroupNorm norm) {
        json.value("epsilon", Float.toString(norm.epsilon())).value("groups", String.valueOf(norm.groups()));
        return withParameters();
    }

    @Override
    public JsonText visit(Relu relu) {
        return json;
    }

    @Override
    public JsonText visit(LeakyRelu relu) {
        return json.value("slope", Float.toString(relu.slope()));
    }

    @Override
    public JsonText visit(Sigmoid sigmoid) {
        return json;
    }

    @Override
    public JsonText visit(SmoothUnit unit) {
        return json;
    }

    @Override
    public JsonText visit(Tanh tanh) {
        return json;
    }

    @Override
    public JsonText visit(Flatten flatten) {
        return json;
    }

    @Override
    public JsonText visit(Dropout dropout) {
        return json;
    }

    @Override
    public JsonText visit(Residual residual) {
        json.value("body", json(residual.body(layer.name(), layer.input()), weights));
        if (residual.projection() != null) {
            List<NamedLayer> parts = residual.parts(layer.name(), layer.input());
            json.value("projection", json(parts.get(parts.size() - 1), weights));
        }
        return json;
    }
}
