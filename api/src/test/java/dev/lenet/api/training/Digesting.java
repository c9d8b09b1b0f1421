package dev.lenet.api.training;

import dev.lenet.api.model.Safetensors;
import dev.lenet.api.network.TensorData;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes a checkpoint's file by its description alone, digests and all. */
final class Digesting {
    private Digesting() {}

    static void write(Path file, Map<String, String> metadata, Map<String, TensorData> tensors) {
        Map<String, String> texts = new TreeMap<>(metadata);
        texts.put("state.sha256", new Safetensors(Map.of(), tensors).sha256());
        texts.remove("state.metadata_sha256");
        String json = texts.entrySet().stream()
                .map(text -> quote(text.getKey()) + ":" + quote(text.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
        texts.put("state.metadata_sha256", sha256(json));
        new Safetensors(texts, tensors).write(file);
    }

    private static String quote(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
