package dev.lenet.api.model;

import dev.lenet.api.Argument;
import dev.lenet.api.LenetException;
import dev.lenet.api.ModelFormatException;
import dev.lenet.api.ShapeException;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.TensorData;
import dev.lenet.api.network.Weights;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Several values for every parameter of a network, and texts: what a checkpoint is made of, as a safetensors file.
 *
 * <p>The tensor {@code state/first_moment/fc1.bias} holds the values of {@code fc1.bias} in the group
 * {@code state/first_moment}. In the metadata stand
 *
 * <ul>
 *   <li>{@code state.format}: {@code 2}, another number in files of other versions
 *   <li>{@code state.network}: the network, as in a model file
 *   <li>{@code state.sha256}: of the bytes of all values
 *   <li>{@code state.metadata_sha256}: of all other metadata, as JSON without spaces, sorted by key
 *   <li>anything else: texts
 * </ul>
 *
 * Unlike a model, a checkpoint is made by this program alone, so that nothing is optional: a file with a changed bit is
 * not read.
 *
 * @param groups by name, in the file's order
 * @param texts by key, sorted
 */
public record StateFile(Network network, Map<String, Weights> groups, Map<String, String> texts) {
    private static final String PREFIX = "state.";
    private static final String FORMAT = PREFIX + "format";
    private static final String NETWORK = PREFIX + "network";
    private static final String SHA256 = PREFIX + "sha256";
    private static final String METADATA_SHA256 = PREFIX + "metadata_sha256";
    private static final String CURRENT_FORMAT = "2";

    /**
     * @throws ShapeException if a group is not one of the network's parameters
     * @throws IllegalArgumentException if a text has a key that starts with {@code state.}
     */
    public StateFile {
        groups = Collections.unmodifiableMap(new LinkedHashMap<>(groups));
        texts = Collections.unmodifiableMap(new TreeMap<>(texts));
        for (Weights group : groups.values()) {
            group.check(network);
        }
        if (isOne(texts)) {
            throw Argument.refusal(
                    "Checkpoint",
                    "texts with keys that do not start with " + PREFIX,
                    texts.keySet(),
                    "Rename the key.");
        }
    }

    /** Whether that is the metadata of such a file. */
    static boolean isOne(Map<String, String> metadata) {
        return metadata.keySet().stream().anyMatch(key -> key.startsWith(PREFIX));
    }

    /**
     * Reads a file.
     *
     * @throws ModelFormatException if it is missing, damaged, or of another kind
     */
    public static StateFile read(Path file) {
        if (!Files.exists(file)) {
            throw new ModelFormatException(
                    file + ": expected the checkpoint of a run, found none. Check the name of the run.");
        }
        Safetensors content = Safetensors.read(file);
        try {
            return of(content);
        } catch (ModelFormatException | ShapeException e) {
            throw new ModelFormatException(file + ": " + e.getMessage(), e);
        }
    }

    private static StateFile of(Safetensors content) {
        Map<String, String> metadata = new TreeMap<>(content.metadata());
        if (!isOne(metadata)) {
            throw new ModelFormatException("expected the checkpoint of a run, received a model or something else."
                    + " To start a run from the weights of a model, read it as a model.");
        }
        if (!CURRENT_FORMAT.equals(metadata.get(FORMAT))) {
            throw new ModelFormatException("expected the format " + CURRENT_FORMAT + ", received "
                    + Json.quotedStart(String.valueOf(metadata.get(FORMAT)))
                    + ". Continue the run with the version that began it.");
        }
        checkDigest(metadata, METADATA_SHA256, ModelMetadata.digest(metadata, METADATA_SHA256));
        checkDigest(metadata, SHA256, content.sha256());
        @Nullable String said = metadata.get(NETWORK);
        if (said == null) {
            throw new ModelFormatException("metadata: expected " + NETWORK + ", received none." + Json.REMEDY);
        }
        Network network = NetworkJson.read(said);
        metadata.keySet().removeIf(key -> key.startsWith(PREFIX));
        return new StateFile(network, groups(network, content.tensors()), metadata);
    }

    private static void checkDigest(Map<String, String> metadata, String key, String received) {
        @Nullable String expected = metadata.get(key);
        if (!received.equals(expected)) {
            throw new ModelFormatException(key + ": expected \"" + received + "\", received "
                    + (expected == null ? "none" : Json.quotedStart(expected))
                    + ". The file was damaged after it was written: continue from another checkpoint.");
        }
    }

    private static Map<String, Weights> groups(Network network, Map<String, TensorData> tensors) {
        Map<String, Map<String, TensorData>> byGroup = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> {
            int end = name.indexOf('/', name.indexOf('/') + 1);
            if (end < 0) {
                throw new ModelFormatException("tensor " + Json.quotedStart(name)
                        + ": expected a name such as state/weights/fc1.bias, received another." + Json.REMEDY);
            }
            byGroup.computeIfAbsent(name.substring(0, end), group -> new LinkedHashMap<>())
                    .put(name.substring(end + 1), tensor);
        });
        Map<String, Weights> groups = new LinkedHashMap<>();
        byGroup.forEach((name, members) -> groups.put(name, weights(network, name, members)));
        return groups;
    }

    private static Weights weights(Network network, String group, Map<String, TensorData> members) {
        Weights weights = Weights.of(network, parameter -> {
            @Nullable TensorData tensor = members.get(parameter.name());
            if (tensor == null || !tensor.shape().equals(parameter.shape())) {
                throw new ModelFormatException(Json.quotedStart(group) + ": expected " + parameter.name() + " "
                        + parameter.shape() + ", received " + (tensor == null ? "none" : tensor.shape()) + "."
                        + Json.REMEDY);
            }
            return tensor.values();
        });
        if (members.size() > weights.tensors().size()) {
            throw new ModelFormatException(Json.quotedStart(group) + ": expected the parameters "
                    + Json.names(weights.tensors().keySet()) + ", received " + Json.names(members.keySet()) + "."
                    + Json.REMEDY);
        }
        return weights;
    }

    /**
     * Writes the file, whole or not at all.
     *
     * @throws LenetException if it cannot be written
     */
    public void write(Path file) {
        content().write(file);
    }

    /**
     * Writes the file, whole or not at all, and keeps the one it replaces.
     *
     * @param previous where to keep it, in the same directory
     * @throws LenetException if it cannot be written
     */
    public void writeKeeping(Path previous, Path file) {
        content().writeKeeping(previous, file);
    }

    private Safetensors content() {
        Map<String, TensorData> tensors = new LinkedHashMap<>();
        groups.forEach((group, weights) ->
                weights.tensors().forEach((parameter, tensor) -> tensors.put(group + "/" + parameter, tensor)));
        Map<String, String> metadata = new TreeMap<>(texts);
        metadata.put(FORMAT, CURRENT_FORMAT);
        metadata.put(NETWORK, NetworkJson.write(network));
        metadata.put(SHA256, new Safetensors(Map.of(), tensors).sha256());
        metadata.put(METADATA_SHA256, ModelMetadata.digest(metadata, METADATA_SHA256));
        return new Safetensors(metadata, tensors);
    }
}
