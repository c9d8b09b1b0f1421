package dev.lenet.api.model;

import dev.lenet.api.ModelFormatException;
import dev.lenet.api.data.Normalization;
import dev.lenet.api.network.Network;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a model file says about itself in its metadata:
 *
 * <ul>
 *   <li>{@code lenet.format}: {@code 1}, a larger number in files of versions to come
 *   <li>{@code lenet.network}: the network, as {@link NetworkJson} writes it
 *   <li>{@code lenet.mean}, {@code lenet.std}: the normalisation of the inputs, both or none
 *   <li>{@code lenet.sha256}: of the bytes of all values
 *   <li>{@code lenet.metadata_sha256}: of all other metadata, as JSON without spaces, sorted by key; this and the one before
 *       both or none
 *   <li>anything else: facts
 * </ul>
 *
 * The two digests together notice every single changed bit, one in their own keys too. Who changes a file on purpose
 * removes both.
 */
final class ModelMetadata {
    private static final String PREFIX = "lenet.";
    private static final String FORMAT = PREFIX + "format";
    private static final String NETWORK = PREFIX + "network";
    private static final String MEAN = PREFIX + "mean";
    private static final String STD = PREFIX + "std";
    private static final String SHA256 = PREFIX + "sha256";
    private static final String METADATA_SHA256 = PREFIX + "metadata_sha256";
    private static final List<String> KEYS = List.of(FORMAT, NETWORK, MEAN, STD, SHA256, METADATA_SHA256);

    private static final String CURRENT_FORMAT = "1";

    private final Map<String, String> texts;

    private ModelMetadata(Map<String, String> texts) {
        this.texts = texts;
    }

    /**
     * @throws ModelFormatException if it is metadata of a newer version, or misses a part
     */
    static ModelMetadata of(Map<String, String> texts) {
        if (StateFile.isOne(texts)) {
            throw new ModelFormatException("expected a trained model, received the checkpoint of a run."
                    + " Continue the run; at its end it writes the model.");
        }
        for (String key : texts.keySet()) {
            if (isAlmostOwn(key)) {
                throw new ModelFormatException("metadata: expected keys that start with " + PREFIX
                        + ", or quite another way, received " + Json.quotedStart(key) + "." + Json.REMEDY);
            }
        }
        if (texts.keySet().stream().anyMatch(key -> key.startsWith(PREFIX))) {
            // Before anything else: what a newer version means by its other keys is not for this one to judge.
            String format = texts.get(FORMAT);
            if (format != null && format.matches("[1-9][0-9]{0,8}") && !format.equals(CURRENT_FORMAT)) {
                throw new ModelFormatException("expected the format " + CURRENT_FORMAT + ", received " + format
                        + ", made by a newer version. Use that version, or a newer one.");
            }
            for (String key : texts.keySet()) {
                if (key.startsWith(PREFIX) && !KEYS.contains(key)) {
                    throw new ModelFormatException("metadata: expected the keys " + KEYS + ", received "
                            + Json.quotedStart(key) + "." + Json.REMEDY);
                }
            }
            if (!CURRENT_FORMAT.equals(format)
                    || !texts.containsKey(NETWORK)
                    || texts.containsKey(MEAN) != texts.containsKey(STD)) {
                throw new ModelFormatException("metadata: expected " + FORMAT + " " + CURRENT_FORMAT + " with "
                        + NETWORK + ", and " + MEAN + " and " + STD + " both or neither, received the keys "
                        + Json.names(texts.keySet()) + "." + Json.REMEDY);
            }
            checkBothDigests(texts.keySet());
        }
        return new ModelMetadata(texts);
    }

    /** A damaged key of a digest is no digest any more; the other one tells. */
    private static void checkBothDigests(Set<String> keys) {
        if (keys.contains(SHA256) != keys.contains(METADATA_SHA256)) {
            boolean one = keys.contains(SHA256);
            throw new ModelFormatException("metadata: expected " + SHA256 + " and " + METADATA_SHA256
                    + " both or neither, received only " + (one ? SHA256 : METADATA_SHA256)
                    + ". The file was damaged after it was written: copy or save it again. If it was changed on purpose,"
                    + " remove that, too.");
        }
    }

    /** Such as LENET.format: a slip, or damage. */
    private static boolean isAlmostOwn(String key) {
        return !key.startsWith(PREFIX)
                && key.substring(0, Math.min(key.length(), 2 * PREFIX.length()))
                        .strip()
                        .toLowerCase(Locale.ROOT)
                        .startsWith(PREFIX);
    }

    /** The metadata of a file to write; the facts must not use the keys of this class. */
    static Map<String, String> texts(
            Network network, @Nullable Normalization normalization, Map<String, String> facts, String sha256) {
        Map<String, String> texts = new TreeMap<>(facts);
        texts.put(FORMAT, CURRENT_FORMAT);
        texts.put(NETWORK, NetworkJson.write(network));
        if (normalization != null) {
            texts.put(MEAN, Double.toString(normalization.mean()));
            texts.put(STD, Double.toString(normalization.std()));
        }
        texts.put(SHA256, sha256);
        texts.put(METADATA_SHA256, digest(texts, METADATA_SHA256));
        return texts;
    }

    /**
     * @throws ModelFormatException if one starts like the keys of this class
     */
    static void checkFacts(Collection<String> keys) {
        for (String key : keys) {
            if (key.startsWith(PREFIX) || isAlmostOwn(key)) {
                throw new ModelFormatException("Model file: expected facts under keys of their own, received '" + key
                        + "'. Keys that start with " + PREFIX + " are the file's: use another.");
            }
        }
    }

    /**
     * @throws ModelFormatException if the file has a digest that is not the one of its content
     */
    void checkDigests(Safetensors content) {
        checkDigest(METADATA_SHA256, "metadata", digest(texts, METADATA_SHA256));
        checkDigest(SHA256, "weights", content.sha256());
    }

    private void checkDigest(String key, String what, String received) {
        String expected = texts.getOrDefault(key, received);
        if (!expected.equals(received)) {
            throw new ModelFormatException(what + ": expected the SHA-256 " + Json.quotedStart(expected)
                    + ", received \"" + received + "\". The file was damaged after it was written: copy or save it"
                    + " again. If it was changed on purpose, remove " + SHA256 + " and " + METADATA_SHA256
                    + " from its metadata.");
        }
    }

    /** The network the file says it holds; null if it says none. */
    @Nullable
    Network network() {
        String text = texts.get(NETWORK);
        return text == null ? null : NetworkJson.read(text);
    }

    /**
     * @throws ModelFormatException if mean and std are not numbers, or no normalisation
     */
    @Nullable
    Normalization normalization() {
        String mean = texts.get(MEAN);
        String std = texts.get(STD);
        if (mean == null || std == null) {
            return null;
        }
        double numericMean = number(MEAN, mean);
        double numericStd = number(STD, std);
        try {
            return new Normalization(numericMean, numericStd);
        } catch (IllegalArgumentException e) {
            throw new ModelFormatException(String.valueOf(e.getMessage()), e);
        }
    }

    private static double number(String key, String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new ModelFormatException(
                    "metadata, " + key + ": expected a number, received " + Json.quotedStart(text) + "." + Json.REMEDY,
                    e);
        }
    }

    /** Everything under the keys of others. */
    Map<String, String> facts() {
        Map<String, String> facts = new TreeMap<>(texts);
        facts.keySet().removeAll(KEYS);
        return facts;
    }

    /** The SHA-256 of all texts but one, which is where it is to stand. */
    static String digest(Map<String, String> texts, String key) {
        Map<String, String> others = new TreeMap<>(texts);
        others.remove(key);
        try {
            byte[] json = Json.ofTexts(others).toString().getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(json));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
