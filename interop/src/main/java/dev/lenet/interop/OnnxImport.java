package dev.lenet.interop;

import dev.lenet.api.ForeignFile;
import dev.lenet.api.ModelFormatException;
import dev.lenet.api.ShapeException;
import dev.lenet.api.data.Normalization;
import dev.lenet.api.model.ModelFile;
import dev.lenet.api.network.Flatten;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes a model of an ONNX file: bytes, graph, layers, and their names, normalisation and facts. */
final class OnnxImport {
    /** What one array holds, less some room. */
    private static final long LARGEST_FILE = Integer.MAX_VALUE - 64;

    /** A scale below this one is of pixels from 0 to 255, another one of pixels from 0 to 1. */
    private static final double LARGEST_SCALE_OF_BYTES = 0.1;

    /** How far two normalisations may be from each other that are the same, one of them in float32. */
    private static final double ROUNDING = 1e-6;

    /** More than any classifier of images has. */
    private static final int MOST_CLASSES = 1 << 16;

    private static final MathContext SHORT = new MathContext(6);

    /** Of two numbers in float32 one after the other, relative. */
    private static final double FLOAT_ROUNDING = 1.2e-7;

    private static final String PREFIX = "lenet.";

    /** The fact that names the program which wrote the file. */
    private static final String PRODUCER = "onnx_producer";

    private OnnxImport() {}

    static ModelFile read(Path file) {
        try {
            byte[] bytes = bytes(file);
            try {
                return model(bytes, Objects.requireNonNull(file.toAbsolutePath().getParent()));
            } catch (ModelFormatException e) {
                ForeignFile foreign = ForeignFile.of(Arrays.copyOf(bytes, Math.min(bytes.length, ForeignFile.BYTES)))
                        .orElse(null);
                if (foreign != null) {
                    throw new ModelFormatException("expected an ONNX model, " + foreign.received(), e);
                }
                throw e;
            } catch (ShapeException | IllegalArgumentException e) {
                throw new ModelFormatException(String.valueOf(e.getMessage()), e);
            }
        } catch (ModelFormatException e) {
            throw new ModelFormatException(file + ": " + e.getMessage(), e);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                throw new ModelFormatException("expected an ONNX file, received "
                        + (Files.isDirectory(file) ? "a directory" : "none") + ". Check the path.");
            }
            if (Files.size(file) > LARGEST_FILE) {
                throw new ModelFormatException("expected a file of at most " + LARGEST_FILE + " bytes, received "
                        + Files.size(file) + ". ONNX files are smaller than 2 GiB: export again.");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new ModelFormatException("cannot be read (" + e + "). Check its permissions.", e);
        }
    }

    private static ModelFile model(byte[] bytes, Path folder) {
        OnnxGraph graph = OnnxGraph.read(new ProtoReader(ByteBuffer.wrap(bytes)));
        Flow flow = new OnnxReader(graph, folder, new Budget(bytes.length)).flow();
        boolean isOurs = graph.producer.equals(OnnxWriter.PRODUCER);
        List<Step> steps = ending(flow);
        ModelFile model = new ReadLayers(isOurs).model(Objects.requireNonNull(flow.input()), steps);
        return withFacts(
                new ModelFile(model.network(), model.weights(), normalization(graph, flow), Map.of()), graph, isOurs);
    }

    /** With a vector at the end, which an output of images of one pixel becomes. */
    private static List<Step> ending(Flow flow) {
        if (flow.isPadded() || !flow.view().inOrder()) {
            throw new ModelFormatException("expected an output as the last layer gives it, received one that is padded"
                    + " or transposed. Export a model that ends with its logits.");
        }
        if (flow.shape().size() > MOST_CLASSES) {
            throw new ModelFormatException("expected at most " + MOST_CLASSES + " classes, received "
                    + flow.shape().size() + " outputs. Export a model that ends with its logits.");
        }
        Flow end = flow.shape().rank() == 3 ? flow.then(new Flatten(), "") : flow;
        return end.steps();
    }

    /** Null if nothing tells how pixels become inputs. */
    private static @Nullable Normalization normalization(OnnxGraph graph, Flow flow) {
        Normalization said = said(graph.metadata);
        if (!flow.isScaled()) {
            return said;
        }
        boolean isOfBytes = Math.abs(flow.scale()) < LARGEST_SCALE_OF_BYTES || flow.takesBytes();
        double std = 1 / flow.scale() / (isOfBytes ? 255 : 1);
        double mean = 0 - flow.shift() * std;
        if (!(std > 0) || !Double.isFinite(std) || !Double.isFinite(mean)) {
            throw new ModelFormatException(
                    "expected an input that grows with the pixel's brightness, received one that is"
                            + " multiplied with " + flow.scale()
                            + ". It would need inverted images: export a model without.");
        }
        if (said != null
                && Math.abs(said.mean() - mean) <= ROUNDING * Math.max(1, Math.abs(mean))
                && Math.abs(said.std() - std) <= ROUNDING * std) {
            return said;
        }
        return new Normalization(decimal(mean), decimal(std));
    }

    /** The short number that was rounded to float32 on its way, if there is one. */
    private static double decimal(double value) {
        double decimal = new BigDecimal(value).round(SHORT).doubleValue();
        return Math.abs(decimal - value) <= FLOAT_ROUNDING * Math.abs(value) ? decimal : value;
    }

    private static @Nullable Normalization said(Map<String, String> metadata) {
        try {
            return new Normalization(
                    Double.parseDouble(metadata.getOrDefault(OnnxWriter.MEAN, "")),
                    Double.parseDouble(metadata.getOrDefault(OnnxWriter.STD, "")));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Those of the file that a model may have. */
    private static ModelFile withFacts(ModelFile model, OnnxGraph graph, boolean isOurs) {
        Map<String, String> facts = new TreeMap<>(graph.metadata);
        facts.keySet()
                .removeIf(key -> key.isEmpty()
                        || key.strip().toLowerCase(java.util.Locale.ROOT).startsWith(PREFIX));
        if (!isOurs && !graph.producer.isBlank()) {
            String quoted = Excerpt.quoted((graph.producer + " " + graph.producerVersion).strip());
            facts.put(PRODUCER, quoted.substring(1, quoted.length() - 1));
        }
        ModelFile full = new ModelFile(model.network(), model.weights(), model.normalization(), facts);
        try {
            Objects.requireNonNull(full.classNames());
            Objects.requireNonNull(full.labelCodes());
            return full;
        } catch (ModelFormatException e) {
            // Another program's fact of the same name.
            facts.keySet().removeAll(List.of(ModelFile.CLASS_NAMES, "label_codes"));
            return new ModelFile(model.network(), model.weights(), model.normalization(), facts);
        }
    }
}
