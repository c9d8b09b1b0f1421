package dev.lenet.interop;

import dev.lenet.api.ModelFormatException;
import dev.lenet.api.network.BatchNorm2d;
import dev.lenet.api.network.GroupNorm;
import java.util.List;
import java.util.Map;

/** Normalisations of a batch, which become part of the layer before them where they can, and of groups of channels. */
final class Normalizations {
    /** Of batch normalisations: the share of the old statistics. */
    private static final float USUAL_MOMENTUM = 0.9f;

    private static final float USUAL_EPSILON = 1e-5f;

    private final ChannelScaling scaling;
    private final boolean keeps;

    /**
     * @param keeps whether a batch normalisation of images stays a layer, as in files of our own
     */
    Normalizations(ChannelScaling scaling, boolean keeps) {
        this.scaling = scaling;
        this.keeps = keeps;
    }

    /**
     * By known means and variances.
     *
     * @param parameters scale, shift, means, variances
     * @param isShared whether another node takes what the layer before gives, too
     */
    Flow ofBatch(Flow flow, OnnxNode node, List<Constant> parameters, boolean isShared) {
        float epsilon = node.real("epsilon", USUAL_EPSILON);
        int channels = parameters.get(0).size();
        boolean fits = parameters.stream().allMatch(each -> each.size() == channels)
                && flow.view().rank() >= 2
                && node.whole("training_mode", 0) == 0;
        List<View.Atom> axis = flow.view().axes().get(Math.min(1, flow.view().rank() - 1));
        if (!fits || !axis.equals(View.axis(1, channels))) {
            throw new ModelFormatException("expected a batch normalisation of the channels as in a prediction, received"
                    + " one of another kind. It would need a layer of its own: export the model for predictions.");
        }
        double[] scale = new double[channels];
        double[] shift = new double[channels];
        for (int c = 0; c < channels; c++) {
            double variance = (double) parameters.get(3).real(c) + epsilon;
            if (!(variance > 0)) {
                throw new ModelFormatException("expected variances above 0, received "
                        + parameters.get(3).real(c) + ". The graph is wrong: export it again.");
            }
            scale[c] = parameters.get(0).real(c) / Math.sqrt(variance);
            shift[c] = parameters.get(1).real(c) - scale[c] * parameters.get(2).real(c);
        }
        boolean isPixels = flow.isInput() && channels == 1 && !keeps;
        boolean folds = isPixels || (ChannelScaling.isFoldable(flow) && !isShared && !keeps);
        Flow begun = folds ? flow : WindowOperators.unpadded(flow).begunAsDeclared();
        if (folds || begun.shape().rank() != 3 || !(epsilon > 0)) {
            return scaling.affine(flow, node, scale, shift, isShared);
        }
        float momentum = LayerNodes.otherPart(node.real("momentum", USUAL_MOMENTUM));
        return begun.then(
                new BatchNorm2d(
                        momentum > 0 && momentum <= 1 ? momentum : LayerNodes.otherPart(USUAL_MOMENTUM), epsilon),
                node.name(),
                Map.of(
                        WeightedLayers.WEIGHT,
                        parameters.get(0).reals().clone(),
                        WeightedLayers.BIAS,
                        parameters.get(1).reals().clone(),
                        "running_mean",
                        parameters.get(2).reals().clone(),
                        "running_var",
                        parameters.get(3).reals().clone()),
                null);
    }

    /** Each channel by itself; of channels that are put into groups before, each group. */
    Flow ofInstances(Flow flow, OnnxNode node, Constant scale, Constant shift) {
        Flow begun = WindowOperators.unpadded(flow).begunAsDeclared();
        View view = begun.view();
        boolean isImage = begun.shape().rank() == 3 && view.rank() >= 3 && view.isBatch(0) && view.inOrder();
        int channels = isImage ? begun.shape().dimension(0) : 0;
        int groups = scale.size();
        boolean fits = groups > 0 && channels % groups == 0 && shift.size() == groups;
        if (!isImage || !fits || !view.axes().get(1).equals(outer(channels, groups))) {
            throw new ModelFormatException("expected a normalisation of the channels of an image, or of groups of them,"
                    + " received one of another kind. It would need a layer of its own: export another model.");
        }
        return ofGroups(begun, node, groups, scale, shift);
    }

    private static List<View.Atom> outer(int channels, int groups) {
        return groups == 1 ? List.of() : List.of(new View.Atom(1, groups, channels / groups));
    }

    /** Since opset 18: a scale for each group, since 21 one for each channel. */
    Flow ofGroups(Flow flow, OnnxNode node, Constant scale, Constant shift) {
        Flow image = WindowOperators.unpadded(flow).begunAsDeclared().asImage();
        int channels = image.shape().rank() == 3 ? image.shape().dimension(0) : 0;
        long groups = node.whole("num_groups", 0);
        boolean fits = groups > 0 && groups <= channels && channels % groups == 0;
        if (!fits || (scale.size() != groups && scale.size() != channels) || shift.size() != scale.size()) {
            throw new ModelFormatException("expected groups of an image's channels with a scale and a shift, received "
                    + groups + " groups of " + channels + " channels. The graph is wrong: export it again.");
        }
        return ofGroups(image, node, (int) groups, scale, shift);
    }

    private static Flow ofGroups(Flow image, OnnxNode node, int groups, Constant scale, Constant shift) {
        float epsilon = node.real("epsilon", USUAL_EPSILON);
        if (!(epsilon > 0) || epsilon == Float.POSITIVE_INFINITY) {
            throw new ModelFormatException(
                    "expected an epsilon above 0, received " + epsilon + ". The graph is wrong: export it again.");
        }
        return image.then(
                new GroupNorm(groups, epsilon),
                node.name(),
                Map.of(
                        WeightedLayers.WEIGHT, spread(scale, image.shape().dimension(0)),
                        WeightedLayers.BIAS, spread(shift, image.shape().dimension(0))),
                null);
    }

    /** A value for each channel, of its group's. */
    private static float[] spread(Constant values, int channels) {
        float[] spread = new float[channels];
        for (int c = 0; c < channels; c++) {
            spread[c] = values.real(c / (channels / values.size()));
        }
        return spread;
    }
}
