package dev.lenet.api.inference;

import dev.lenet.api.ModelFormatException;
import dev.lenet.api.Shape;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.Model;
import dev.lenet.api.network.Linear;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Network.NamedLayer;
import dev.lenet.api.network.Weights;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How strange an image is to a model: 0 as the median of its training images, 1 as the strangest hundredth of them.
 *
 * <p>The probabilities of a network that knows ten digits add up to 1 for a letter, too. Two other numbers know better:
 *
 * <ul>
 *   <li>the <b>energy</b>, {@code -log sum exp(logits)}: of an image of no class all logits are small, which the softmax
 *       divides away. Liu, Wang, Owens and Li, "Energy-based out-of-distribution detection", NeurIPS 2020.
 *   <li>the <b>residual</b>: what a {@link Subspace} does not hold of the features, those values that the first fully
 *       connected layer is given. Where training images never went, the layers behind were never taught.
 * </ul>
 *
 * <p>Their sum, each by its own deviation over the training images, follows Wang, Li, Feng and Zhang, "ViM:
 * out-of-distribution with virtual-logit matching", CVPR 2022. Against what it was chosen: docs/pictures.md.
 *
 * @param layer index of the layer whose input are the features
 * @param offset of the sum
 * @param energyWeight of the energy
 * @param residualWeight of the residual's logarithm
 */
public record Novelty(int layer, Subspace subspace, double offset, double energyWeight, double residualWeight) {
    private static final String PREFIX = "novelty_";
    private static final String DIRECTIONS = PREFIX + "directions";
    private static final String SCALE = PREFIX + "scale";
    private static final String OFFSET = PREFIX + "offset";
    private static final String ENERGY = PREFIX + "energy";
    private static final String RESIDUAL = PREFIX + "residual";

    /**
     * The novelty of an image.
     *
     * @param features what {@code layer} is given
     */
    public double of(float[] features, float[] logits) {
        return offset + energyWeight * energy(logits) + residualWeight * StrictMath.log(subspace.residual(features));
    }

    static double energy(float[] logits) {
        double most = Double.NEGATIVE_INFINITY;
        for (float logit : logits) {
            most = Math.max(most, logit);
        }
        double sum = 0;
        for (float logit : logits) {
            sum += StrictMath.exp(logit - most);
        }
        return -most - StrictMath.log(sum);
    }

    /** The index of the first fully connected layer; -1 if there is none. */
    static int layer(Network network) {
        return network.layers().stream()
                .filter(layer -> layer.spec() instanceof Linear)
                .mapToInt(NamedLayer::index)
                .findFirst()
                .orElse(-1);
    }

    /**
     * A model of the layers before {@code layer}, which puts out the features. An engine runs one model faster, and with less
     * memory, than layer after layer.
     *
     * @param weights of the network
     */
    Model features(Engine engine, Network network, Weights weights) {
        return before(layer, engine, network, weights);
    }

    /** The same before there is a novelty; {@code layer} is not the first. */
    static Model before(int layer, Engine engine, Network network, Weights weights) {
        return part(engine, network.input(), network.layers().subList(0, layer), weights);
    }

    /** A model of {@code layer} and those behind it, from features to logits. */
    static Model behind(int layer, Engine engine, Network network, Weights weights) {
        List<NamedLayer> layers =
                network.layers().subList(layer, network.layers().size());
        return part(engine, layers.get(0).input(), layers, weights);
    }

    private static Model part(Engine engine, Shape input, List<NamedLayer> layers, Weights weights) {
        Network.Builder builder = Network.input(
                IntStream.range(0, input.rank()).map(input::dimension).toArray());
        layers.forEach(layer -> builder.layer(layer.name(), layer.spec()));
        Network part = builder.build();
        return engine.build(part, Weights.of(part, each -> weights.get(each.name())));
    }

    /** As a model file keeps it. */
    public Map<String, String> facts() {
        Map<String, String> facts = new TreeMap<>();
        facts.put(DIRECTIONS, Base64.getEncoder().encodeToString(subspace.directions()));
        facts.put(SCALE, String.valueOf(subspace.scale()));
        facts.put(OFFSET, String.valueOf(offset));
        facts.put(ENERGY, String.valueOf(energyWeight));
        facts.put(RESIDUAL, String.valueOf(residualWeight));
        return facts;
    }

    /** All other facts of a model file, those that are for people. */
    public static Map<String, String> without(Map<String, String> facts) {
        Map<String, String> others = new LinkedHashMap<>(facts);
        others.keySet().removeIf(key -> key.startsWith(PREFIX));
        return others;
    }

    /**
     * Of a model file.
     *
     * @return null if it does not say
     * @throws ModelFormatException if it says something else
     */
    public static @Nullable Novelty of(Network network, Map<String, String> facts) {
        @Nullable String directions = facts.get(DIRECTIONS);
        if (directions == null) {
            return null;
        }
        int layer = layer(network);
        int width = layer < 0 ? 0 : network.layers().get(layer).input().size();
        byte[] bytes = bytes(directions);
        if (width == 0 || bytes.length == 0 || bytes.length % width != 0) {
            throw damaged(DIRECTIONS, "rows of " + width + " bytes", bytes.length + " bytes");
        }
        return new Novelty(
                layer,
                new Subspace(width, number(facts, SCALE), bytes),
                number(facts, OFFSET),
                number(facts, ENERGY),
                number(facts, RESIDUAL));
    }

    private static byte[] bytes(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw damaged(DIRECTIONS, "bytes in Base64", String.valueOf(e.getMessage()));
        }
    }

    private static double number(Map<String, String> facts, String key) {
        String text = facts.getOrDefault(key, "nothing");
        try {
            double number = Double.parseDouble(text);
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // As one that is not finite.
        }
        throw damaged(key, "a number", text);
    }

    private static ModelFormatException damaged(String key, String expected, String received) {
        return new ModelFormatException("Model file, " + key + ": expected " + expected + ", received " + received
                + ". Take every key that starts with " + PREFIX + " out of its metadata, or train again.");
    }
}
