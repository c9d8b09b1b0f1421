package dev.lenet.interop;

import dev.lenet.api.ModelFormatException;
import dev.lenet.api.Shape;
import dev.lenet.api.network.AvgPool2d;
import dev.lenet.api.network.GlobalAvgPool;
import dev.lenet.api.network.LayerSpec;
import dev.lenet.api.network.MaxPool2d;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Operators that look at images through windows, and those that pad them. */
final class WindowOperators {
    private WindowOperators() {}

    static Flow unpadded(Flow flow) {
        if (flow.isPadded()) {
            throw new ModelFormatException("expected a convolution behind a pad, received another operator."
                    + " It would need a layer that pads: let the convolution pad.");
        }
        return flow;
    }

    static Flow pooling(OnnxNode node, Flow flow) {
        Flow image = flow.asImage();
        Window window = Window.of(node, new int[] {0, 0}, image);
        boolean isMax = node.operator().equals("MaxPool");
        if (!isMax && image.shape().rank() == 3 && window.isWhole() && !window.isPlain()) {
            return globalAverage(node, image);
        }
        if (!window.isPlain() || image.shape().rank() != 3) {
            throw new ModelFormatException("expected a square window with one stride and without padding, received "
                    + window + ". It would need a pooling layer that pads: export another model.");
        }
        int side = window.size()[0];
        int stride = window.strides()[0];
        LayerSpec layer = isMax ? new MaxPool2d(side, stride) : new AvgPool2d(side, stride);
        return pooled(node, image, layer);
    }

    private static Flow pooled(OnnxNode node, Flow image, LayerSpec layer) {
        return image.then(layer, node.name(), Map.of(), image.imageView(layer.outputShape(image.shape())));
    }

    /** The mean of each channel; the graph goes on to see rows and columns, of size 1. */
    static Flow globalAverage(OnnxNode node, Flow flow) {
        Flow image = unpadded(flow).asImage();
        if (image.shape().rank() != 3) {
            throw new ModelFormatException("expected an image, received a vector of "
                    + image.shape().size() + " values. It would need a layer that does nothing: export another model.");
        }
        GlobalAvgPool layer = new GlobalAvgPool();
        int channels = image.shape().dimension(0);
        return image.then(layer, node.name(), Map.of(), image.imageView(Shape.of(channels, 1, 1)));
    }

    /** Over whole images. */
    static Flow globalMaximum(OnnxNode node, Flow image) {
        int side = image.base().rank() == 3 ? image.base().dimension(1) : 0;
        if (image.shape().rank() != 3 || image.base().dimension(2) != side || image.isPadded()) {
            throw new ModelFormatException("expected a square image, received " + image.shape()
                    + ". It would need a pooling layer with a window that is not square: export another model.");
        }
        return pooled(node, image, MaxPool2d.of(side));
    }

    /** Over rows and columns, wherever the graph has them. */
    static Flow mean(OnnxNode node, Flow flow, List<? extends @Nullable Value> inputs) {
        View view = flow.view();
        int[] axes = Arrays.stream(NodeInputs.required(Folding.axes(node, inputs, "axes")))
                .mapToInt(view::axis)
                .sorted()
                .toArray();
        if (flow.isInput()
                || view.rank() != 4
                || axes.length != 2
                || flow.base().rank() != 3) {
            throw Unsupported.operator(node);
        }
        int channels = Stream.of(1, 2, 3)
                .filter(axis -> axis != axes[0] && axis != axes[1])
                .findFirst()
                .orElse(0);
        Flow image = flow.withView(view.transpose(new int[] {0, channels, axes[0], axes[1]}));
        Flow pooled = globalAverage(node, image);
        if (node.whole("keepdims", 1) == 0) {
            return pooled.withView(pooled.view().squeeze(new long[] {2, 3})).flattenedIfVector("");
        }
        int[] back = new int[4];
        back[channels] = 1;
        back[axes[0]] = 2;
        back[axes[1]] = 3;
        return pooled.withView(pooled.view().transpose(back));
    }

    /** Zeros around images, for the convolution behind. */
    static Flow pad(OnnxNode node, Flow flow, List<? extends @Nullable Value> inputs) {
        long[] pads = NodeInputs.required(Folding.axes(node, inputs, "pads"));
        if (Arrays.stream(pads).allMatch(pad -> pad == 0)) {
            return flow;
        }
        Constant value = NodeInputs.optional(inputs, 2);
        float with = value.size() == 1 ? value.real(0) : node.real("value", 0);
        boolean isConstant = node.text("mode", "constant").equals("constant");
        if (pads.length != 8
                || inputs.size() > 3
                || !isConstant
                || with != 0
                || pads[0] + pads[1] + pads[4] + pads[5] != 0
                || Arrays.stream(pads).anyMatch(pad -> pad < 0 || pad > 0xFFFF)) {
            throw new ModelFormatException("expected zeros around rows and columns, received another padding."
                    + " It would need a layer that pads: let the convolution pad.");
        }
        Flow image = unpadded(flow).asImage();
        return image.withPadding(List.of((int) pads[2], (int) pads[3], (int) pads[6], (int) pads[7]));
    }
}
