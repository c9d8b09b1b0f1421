package dev.lenet.interop;

import dev.lenet.api.ModelFormatException;
import dev.lenet.api.Shape;
import dev.lenet.api.ShapeException;
import dev.lenet.api.network.Flatten;
import dev.lenet.api.network.LayerSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What has become of the input at one place of a graph: the layers up to there, and how the graph sees what the last one gives. Never
 * changed; each method gives another one.
 *
 * <p>Before the first layer the input has no shape yet, only the dimensions that the graph declares: the first layer tells whether
 * they are an image or a vector.
 *
 * @param declared the input's dimensions without the batch
 * @param input the network's input; null before the first layer
 * @param last the last layer; null before the first
 * @param base the shape whose dimensions the view's atoms are: what the last layer gives, or gave before it was flattened
 * @param scale what the graph multiplies its input with before the first layer
 * @param shift what it adds then
 * @param isScaled whether it does that at all, or takes bytes as they are
 * @param takesBytes whether the graph's input is of bytes
 * @param padding rows and columns of zeros that the next layer has to add: above, left, below, right
 * @param isDone whether only the choice of a class follows: softmax, argmax
 */
record Flow(
        int[] declared,
        @Nullable Shape input,
        @Nullable Step last,
        Shape base,
        View view,
        double scale,
        double shift,
        boolean isScaled,
        boolean takesBytes,
        List<Integer> padding,
        boolean isDone)
        implements Value {

    /** A vector whose length is such a square, and at least this one's, is an image. */
    private static final int SMALLEST_SIDE = 8;

    private static final List<Integer> NO_PADDING = List.of(0, 0, 0, 0);

    /**
     * @param batch below 1 for any
     */
    static Flow of(long batch, int[] dims, boolean isBytes) {
        try {
            Shape shape = Shape.of(dims);
            return new Flow(dims, null, null, shape, View.of(batch, dims), 1, 0, isBytes, isBytes, NO_PADDING, false);
        } catch (ShapeException e) {
            throw new ModelFormatException("input: " + e.getMessage(), e);
        }
    }

    boolean isInput() {
        return input == null;
    }

    Shape shape() {
        return last != null ? last.output() : base;
    }

    int layers() {
        return Step.countOf(last);
    }

    Flow withView(View newView) {
        return new Flow(declared, input, last, base, newView, scale, shift, isScaled, takesBytes, padding, isDone);
    }

    Flow withLast(@Nullable Step step) {
        return new Flow(declared, input, step, base, view, scale, shift, isScaled, takesBytes, padding, isDone);
    }

    Flow done() {
        return new Flow(declared, input, last, base, view, scale, shift, isScaled, takesBytes, padding, true);
    }

    Flow withPadding(List<Integer> newPadding) {
        return new Flow(declared, input, last, base, view, scale, shift, isScaled, takesBytes, newPadding, isDone);
    }

    Flow withoutPadding() {
        return withPadding(NO_PADDING);
    }

    boolean isPadded() {
        return !padding.equals(NO_PADDING);
    }

    /** Of the input alone: {@code factor * x + summand} after what was done before. */
    Flow scaled(double factor, double summand) {
        return new Flow(
                declared,
                input,
                last,
                base,
                view,
                scale * factor,
                shift * factor + summand,
                true,
                takesBytes,
                padding,
                isDone);
    }

    private Flow begin(Shape newInput) {
        View begun = View.of(isAnyBatch() ? 0 : 1, newInput.toArray());
        return new Flow(declared, newInput, null, newInput, begun, scale, shift, isScaled, takesBytes, padding, isDone);
    }

    private boolean isAnyBatch() {
        return view.axes().stream().flatMap(List::stream).anyMatch(atom -> atom.id() == View.BATCH);
    }

    /** The same with the shape that dimensions of the graph, in any order, say; for the first layer only. */
    private Flow inputOf(int[] dims) {
        return new Flow(
                dims,
                null,
                null,
                Shape.of(dims),
                View.of(isAnyBatch() ? 0 : 1, dims),
                scale,
                shift,
                isScaled,
                takesBytes,
                padding,
                isDone);
    }

    /** The input as other dimensions, which cut those that it has. */
    @Nullable
    Flow reshapedInput(long[] target) {
        long size = 1;
        int rest = -1;
        int[] dims = new int[target.length];
        for (int i = 0; i < target.length; i++) {
            long dim = target[i];
            if (i == 0 && (dim == Constant.BATCH || dim == 0 || dim == -1)) {
                dims[i] = 1;
            } else if (dim == -1 && rest < 0) {
                rest = i;
            } else if (dim < 1 || dim > base.size()) {
                return null;
            } else {
                dims[i] = (int) dim;
                size = Math.min(size * dim, Integer.MAX_VALUE);
            }
        }
        if (rest >= 0) {
            dims[rest] = (int) (base.size() / size);
            size *= Math.max(1, dims[rest]);
        }
        if (!isInput() || !view.inOrder() || size != base.size() || dims.length < 2 || dims[0] != 1) {
            return null;
        }
        return inputOf(Arrays.copyOfRange(dims, 1, dims.length));
    }

    /**
     * For a layer that takes images: the graph sees {@code [N, C, H, W]}.
     *
     * @throws ModelFormatException if it does not
     */
    Flow asImage() {
        if (view.rank() != 4 || !view.isBatch(0)) {
            throw new ModelFormatException("expected an image [N, C, H, W], received "
                    + Arrays.toString(view.readableDims()) + ". Export a model of images.");
        }
        if (isInput()) {
            View spatial = new View(view.axes().subList(2, 4));
            if (!spatial.inOrder()) {
                throw new ModelFormatException("expected rows before columns, received a transposed image."
                        + " It would need a layer that transposes: turn the images around before the model.");
            }
            long[] dims = view.dims();
            return begin(Shape.of((int) dims[1], (int) dims[2], (int) dims[3]));
        }
        Flow image = last != null && last.spec() instanceof Flatten ? withLast(last.before()) : this;
        if (image.shape().rank() != 3) {
            return image;
        }
        for (int axis = 1; axis <= 3; axis++) {
            if (!view.axes().get(axis).equals(View.axis(axis, base.dimension(axis - 1)))) {
                throw new ModelFormatException("expected an image [N, C, H, W] as the layers have it, received another"
                        + " order of axes. It would need a layer that transposes: export the model channels first.");
            }
        }
        return image;
    }

    /** For a layer that works on channels wherever the graph has them: an input is what the graph declares. */
    Flow begunAsDeclared() {
        if (!isInput() || declared.length != 3 || !view.inOrder()) {
            return begun();
        }
        return new Flow(declared, base, null, base, view, scale, shift, isScaled, takesBytes, padding, isDone);
    }

    /** For a layer that takes anything: an input that no layer has seen becomes an image or a vector. */
    Flow begun() {
        if (!isInput()) {
            return this;
        }
        if (view.rank() == 4 && view.isBatch(0)) {
            return asImage();
        }
        if (!view.inOrder()) {
            throw new ModelFormatException("expected the input in its own order, received it transposed."
                    + " It would need a layer that transposes: turn the images around before the model.");
        }
        View before = view;
        Flow begun = begin(vectorOrImage());
        // The same values in the same order, so the graph sees one axis of them.
        List<View.Atom> atoms = begun.view.atoms();
        for (int axis = 0; axis < before.rank(); axis++) {
            if (new View(List.of(before.axes().get(axis))).atoms().size()
                    == before.atoms().size()) {
                return begun.withView(new View(before.axes().stream()
                                .map(each -> each.stream()
                                        .filter(atom -> atom.id() == View.BATCH)
                                        .toList())
                                .toList())
                        .with(axis, atoms));
            }
        }
        return begun;
    }

    private Shape vectorOrImage() {
        int[] dims = Arrays.stream(declared).filter(size -> size > 1).toArray();
        int side = (int) Math.round(Math.sqrt(base.size()));
        if (dims.length == 2) {
            return Shape.of(1, dims[0], dims[1]);
        }
        if (dims.length == 1 && side >= SMALLEST_SIDE && side * side == base.size()) {
            return Shape.of(1, side, side);
        }
        return dims.length == 3 && dims[0] <= 4 ? Shape.of(dims) : Shape.of(base.size());
    }

    /**
     * With one layer more.
     *
     * @param newView how the graph sees what it gives; null if as before
     */
    Flow then(LayerSpec spec, String node, Map<String, float[]> values, @Nullable View newView) {
        try {
            Shape output = spec.outputShape(shape());
            Step step = Step.of(last, spec, node, values, output);
            return new Flow(
                    declared,
                    input,
                    step,
                    newView == null ? base : output,
                    newView == null ? view : newView,
                    scale,
                    shift,
                    isScaled,
                    takesBytes,
                    padding,
                    isDone);
        } catch (ShapeException e) {
            throw new ModelFormatException(String.valueOf(e.getMessage()), e);
        }
    }

    /** With a layer without parameters that changes no shape. */
    Flow then(LayerSpec spec, String node) {
        return then(spec, node, Map.of(), null);
    }

    /** How the graph sees an image of the last layer. */
    View imageView(Shape output) {
        return View.of(isAnyBatch() ? 0 : 1, output.toArray());
    }

    /** The layers, first to last. */
    List<Step> steps() {
        return Step.between(null, last);
    }

    /** With a flatten layer behind an image that the graph sees as a vector in the layer's order. */
    Flow flattenedIfVector(String node) {
        boolean isVector =
                view.rank() <= 2 && view.inOrder() && view.axes().stream().anyMatch(axis -> axis.equals(view.atoms()));
        if (isVector && last != null && last.node().equals(node + LayerNodes.MEANS)) {
            return withLast(last.named(node));
        }
        return !isInput() && isVector && shape().rank() == 3 ? then(new Flatten(), node) : this;
    }
}
