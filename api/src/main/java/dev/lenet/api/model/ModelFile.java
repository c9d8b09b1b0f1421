package dev.lenet.api.model;

import dev.lenet.api.LenetException;
import dev.lenet.api.ModelFormatException;
import dev.lenet.api.Shape;
import dev.lenet.api.ShapeException;
import dev.lenet.api.data.ClassNames;
import dev.lenet.api.data.LabelCodes;
import dev.lenet.api.data.Normalization;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.ParameterSpec;
import dev.lenet.api.network.TensorData;
import dev.lenet.api.network.Weights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A trained model as a file: the network, its weights, and how its inputs were prepared.
 *
 * <p>A safetensors file with PyTorch's names and layouts, so {@code model.load_state_dict(load_file(path))} takes it as
 * it is. The rest stands in its metadata, described at {@link ModelMetadata}. A file without any, saved by PyTorch, is
 * read as well, if it fits a network that the caller knows.
 *
 * @param normalization of the inputs it was trained on; null if unknown
 * @param facts free texts about its making, such as the seed or the accuracy; sorted by key
 */
public record ModelFile(
        Network network, Weights weights, @Nullable Normalization normalization, Map<String, String> facts) {

    /** How many wrong tensors a message names. */
    private static final int MOST_DIFFERENCES = 3;

    /** Of a class, in characters: as long as the name of a folder may be. */
    private static final int LONGEST_NAME = 255;

    /** The fact that names the classes, as a JSON list of texts. */
    public static final String CLASS_NAMES = "class_names";

    /** The fact that says which numbers stand for the classes in label files, as a JSON list of them. */
    private static final String LABEL_CODES = "label_codes";

    /**
     * @throws ShapeException if the weights are not the network's
     * @throws ModelFormatException if a weight is not a finite number, or a fact has a key that starts with
     *     {@code lenet.}
     */
    public ModelFile {
        weights.check(network);
        weights.tensors().forEach(ModelFile::checkFinite);
        facts = Collections.unmodifiableMap(new TreeMap<>(facts));
        ModelMetadata.checkFacts(facts.keySet());
    }

    /** Not even bit by bit: no such model predicts anything, and whoever saves it should learn so now. */
    private static void checkFinite(String name, TensorData tensor) {
        for (int i = 0; i < tensor.values().length; i++) {
            if (!Float.isFinite(tensor.values()[i])) {
                throw new ModelFormatException(name + ": expected finite weights, received " + tensor.values()[i]
                        + " at index " + i + ". The training diverged: train again with a lower learning rate.");
            }
        }
    }

    /**
     * Reads a model.
     *
     * @param candidates what a file that does not say its network may be; the first with exactly its tensors
     * @throws ModelFormatException if the file is missing, damaged, or holds another network
     */
    public static ModelFile read(Path file, List<Network> candidates) {
        Safetensors content = Safetensors.read(file);
        try {
            return of(content, candidates);
        } catch (ModelFormatException | ShapeException e) {
            throw new ModelFormatException(file + ": " + e.getMessage(), e);
        }
    }

    /**
     * The model in a file's content.
     *
     * @param candidates what content that does not say its network may be; the first with exactly its tensors
     * @throws ModelFormatException if it is damaged, or holds another network
     */
    public static ModelFile of(Safetensors content, List<Network> candidates) {
        ModelMetadata metadata = ModelMetadata.of(content.metadata());
        metadata.checkDigests(content);
        @Nullable Network said = metadata.network();
        Network network = fitting(content.tensors(), said == null ? candidates : List.of(said));
        Weights weights = Weights.of(network, parameter -> values(content, parameter));
        return new ModelFile(network, weights, metadata.normalization(), metadata.facts());
    }

    /**
     * Writes the model, whole or not at all; equal models give equal bytes.
     *
     * @throws LenetException if it cannot be written
     */
    public void write(Path file) {
        String digest = new Safetensors(Map.of(), weights.tensors()).sha256();
        new Safetensors(ModelMetadata.texts(network, normalization, facts, digest), weights.tensors()).write(file);
    }

    /** The same model, saying how its inputs are normalised. */
    public ModelFile withNormalization(Normalization itsNormalization) {
        return new ModelFile(network, weights, itsNormalization, facts);
    }

    /** The same model, carrying the names of its classes. */
    public ModelFile withClassNames(ClassNames names) {
        Map<String, String> named = new TreeMap<>(facts);
        named.put(CLASS_NAMES, Json.ofTexts(names.names()).toString());
        return new ModelFile(network, weights, normalization, named);
    }

    /**
     * The names of the classes that the model tells apart; numbers from 0 if it carries none.
     *
     * @throws ModelFormatException if it carries something else than one text for each class
     */
    public ClassNames classNames() {
        int count = network.output().size();
        @Nullable String json = facts.get(CLASS_NAMES);
        if (json == null) {
            return ClassNames.numbered(count, 0);
        }
        ClassNames names;
        try {
            names = new ClassNames(JsonReader.read(json).array(CLASS_NAMES).items().stream()
                    .map(name -> name.text(CLASS_NAMES))
                    .toList());
        } catch (ModelFormatException e) {
            throw wrongClassNames(count, "something else");
        }
        if (names.width() > LONGEST_NAME) {
            throw wrongClassNames(count, "a text of " + names.width() + " characters");
        }
        if (names.count() != count) {
            throw wrongClassNames(count, String.valueOf(names.count()));
        }
        return names;
    }

    /** The same model, carrying the numbers that stood for its classes in the label files it was trained on. */
    public ModelFile withLabelCodes(LabelCodes codes) {
        Map<String, String> coded = new TreeMap<>(facts);
        coded.put(LABEL_CODES, codes.codes().toString());
        return new ModelFile(network, weights, normalization, coded);
    }

    /** Whether it carries the numbers that stand for its classes in label files. */
    public boolean hasLabelCodes() {
        return facts.containsKey(LABEL_CODES);
    }

    /**
     * The numbers that stand for the classes in label files. Those of a model that carries none are the names of its classes
     * where these are numbers from 1, and otherwise 0, 1, 2 and so on.
     *
     * @throws ModelFormatException if it carries something else than one number for each class
     */
    public LabelCodes labelCodes() {
        int count = network.output().size();
        @Nullable String json = facts.get(LABEL_CODES);
        if (json == null) {
            return classNames().equals(ClassNames.numbered(count, 1))
                    ? new LabelCodes(IntStream.rangeClosed(1, count).boxed().toList())
                    : LabelCodes.from0(count);
        }
        try {
            LabelCodes codes = new LabelCodes(JsonReader.read(json).array(LABEL_CODES).items().stream()
                    .map(code -> (int) code.integer(LABEL_CODES, 0, Integer.MAX_VALUE))
                    .toList());
            if (codes.count() == count) {
                return codes;
            }
        } catch (ModelFormatException | IllegalArgumentException e) {
            throw wrongLabelCodes(count, json);
        }
        throw wrongLabelCodes(count, json);
    }

    private static ModelFormatException wrongLabelCodes(int count, String json) {
        return new ModelFormatException("Model, " + LABEL_CODES + ": expected a JSON list of " + count
                + " ascending numbers, one for each class, received " + Json.quotedStart(json)
                + ". Train or save the model again.");
    }

    private static ModelFormatException wrongClassNames(int count, String received) {
        return new ModelFormatException("Model, " + CLASS_NAMES + ": expected a JSON list of " + count
                + " texts, one for each class, received " + received + ". Train or save the model again.");
    }

    private static float[] values(Safetensors content, ParameterSpec parameter) {
        TensorData tensor = content.tensors().get(parameter.name());
        if (tensor == null) {
            throw new IllegalStateException(parameter.name() + " was there a moment ago");
        }
        return tensor.values();
    }

    private static Network fitting(Map<String, TensorData> tensors, List<Network> candidates) {
        @Nullable List<String> fewest = null;
        for (Network candidate : candidates) {
            List<String> differences = differences(candidate, tensors);
            if (differences.isEmpty()) {
                return candidate;
            }
            if (fewest == null || differences.size() < fewest.size()) {
                fewest = differences;
            }
        }
        if (fewest == null) {
            throw new ModelFormatException(
                    "expected a file that says its network, received one without. Give the" + " networks it may be.");
        }
        @Nullable String wrapper = wrapper(tensors, candidates);
        if (wrapper != null) {
            throw new ModelFormatException("expected the names of the network's tensors, such as "
                    + firstBehind(wrapper, tensors) + ", received them behind the prefix "
                    + Json.quotedStart(wrapper) + ", as a wrapper has it. Save the state_dict of the model inside"
                    + " (of DataParallel: model.module, of torch.compile: model._orig_mod), or remove the prefix.");
        }
        List<String> left = leftOver(tensors, candidates);
        if (!left.isEmpty()) {
            throw new ModelFormatException("expected the network's tensors alone, received " + Json.names(left)
                    + " besides. Remove " + (left.size() == 1 ? "it" : "them") + " from the state_dict before saving.");
        }
        int more = fewest.size() - MOST_DIFFERENCES;
        throw new ModelFormatException("holds another network: "
                + String.join("; ", fewest.subList(0, Math.min(fewest.size(), MOST_DIFFERENCES)))
                + (more > 0 ? "; and " + more + " more" : "")
                + ". Use the file of a matching network, or rename its tensors.");
    }

    /** What stands before the names of all of a candidate's parameters; null if nothing does. */
    private static @Nullable String wrapper(Map<String, TensorData> tensors, List<Network> candidates) {
        for (Network candidate : candidates) {
            if (candidate.parameters().isEmpty()) {
                continue;
            }
            String first = candidate.parameters().get(0).name();
            for (String name : tensors.keySet()) {
                String prefix = name.substring(0, Math.max(0, name.length() - first.length()));
                if (prefix.endsWith(".") && name.endsWith(first) && holdsAll(candidate, prefix, tensors)) {
                    return prefix;
                }
            }
        }
        return null;
    }

    private static String firstBehind(String prefix, Map<String, TensorData> tensors) {
        return tensors.keySet().stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()))
                .findFirst()
                .orElse("");
    }

    /** What there is besides the tensors of a candidate; nothing if none has all of its own. */
    private static List<String> leftOver(Map<String, TensorData> tensors, List<Network> candidates) {
        for (Network candidate : candidates) {
            if (holdsAll(candidate, "", tensors)) {
                List<String> names = new ArrayList<>(tensors.keySet());
                candidate.parameters().forEach(parameter -> names.remove(parameter.name()));
                return names;
            }
        }
        return List.of();
    }

    private static boolean holdsAll(Network network, String prefix, Map<String, TensorData> tensors) {
        return network.parameters().stream().allMatch(parameter -> {
            @Nullable TensorData tensor = tensors.get(prefix + parameter.name());
            return tensor != null && tensor.shape().equals(parameter.shape());
        });
    }

    private static List<String> differences(Network network, Map<String, TensorData> tensors) {
        List<String> differences = new ArrayList<>();
        Map<String, Shape> unexpected = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> unexpected.put(name, tensor.shape()));
        for (ParameterSpec parameter : network.parameters()) {
            Shape received = unexpected.remove(parameter.name());
            if (!parameter.shape().equals(received)) {
                differences.add("expected " + parameter.name() + " " + parameter.shape() + ", received "
                        + (received == null ? "none" : received));
            }
        }
        unexpected.forEach(
                (name, shape) -> differences.add("expected no " + Json.quotedStart(name) + ", received " + shape));
        return differences;
    }
}
