package dev.lenet.interop;

import dev.lenet.api.LenetException;
import dev.lenet.api.Shape;
import dev.lenet.api.inference.Classification;
import dev.lenet.api.inference.Novelty;
import dev.lenet.api.model.ModelFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts a {@link WebPage} together of its parts, which lie beside this class, and the model as JSON. */
final class PageWriter {
    /** Of the images that drawings become. */
    private static final Shape IMAGE = Shape.of(1, 28, 28);

    /** In the order in which they need each other: they become one script. */
    private static final List<String> SCRIPTS =
            List.of("pixels.js", "pad.js", "probabilities.js", "recipe.js", "layers.js", "page.js");

    private final ModelFile model;
    private final boolean characters;

    PageWriter(ModelFile model, boolean characters) {
        this.model = model;
        this.characters = characters;
        check(
                model.network().input().equals(IMAGE),
                "grey images " + IMAGE + " in",
                model.network().input());
        check(
                model.network().output().rank() == 1,
                "a vector of logits out",
                model.network().output());
        check(model.normalization() != null, "to know how its inputs are normalised", "a model that does not say");
    }

    private static void check(boolean holds, String expected, Object received) {
        if (!holds) {
            throw new LenetException("Web page: expected " + expected + ", received " + received
                    + ". Write an ONNX file instead, or give the page another model.");
        }
    }

    String text() {
        String style = part("style.css");
        String script = SCRIPTS.stream().map(PageWriter::script).collect(Collectors.joining("\n"));
        String icon = "data:image/svg+xml;base64,"
                + Base64.getEncoder().encodeToString(part("icon.svg").getBytes(StandardCharsets.UTF_8));
        String policy = "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; style-src "
                + hash(style) + "; script-src " + hash(script);
        Map<String, String> parts = Map.of(
                "POLICY", policy,
                "TITLE", "lenet",
                "ICON", icon,
                "STYLE", style,
                "MODEL", json(),
                "SCRIPT", script);
        StringBuilder page = new StringBuilder();
        String[] template = part("page.html").split("@", -1);
        for (int i = 0; i < template.length; i++) {
            page.append(i % 2 == 0 ? template[i] : Objects.requireNonNull(parts.get(template[i])));
        }
        return page.toString();
    }

    /** As a part of one module: what the others need of it is there without a word. */
    private static String script(String name) {
        return part(name).replaceAll("(?m)^import .*;\n", "").replaceAll("(?m)^export ", "");
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String part(String name) {
        try (@Nullable InputStream in = PageWriter.class.getResourceAsStream("page/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String json() {
        JsonText json = new JsonText()
                .text("about", about())
                .texts("classes", model.classNames().names())
                .value("characters", String.valueOf(characters))
                .floats("table", Objects.requireNonNull(model.normalization()).table())
                .value("sure", String.valueOf(Classification.SURE))
                .value("familiar", String.valueOf(Classification.FAMILIAR))
                .value("layers", PageLayers.json(model.network().layers(), model.weights()));
        Novelty novelty = Novelty.of(model.network(), model.facts());
        if (novelty != null) {
            Map<String, String> facts = novelty.facts();
            json.value(
                    "known",
                    new JsonText()
                            .text("directions", Objects.requireNonNull(facts.get("novelty_directions")))
                            .value("scale", Objects.requireNonNull(facts.get("novelty_scale")))
                            .value("offset", String.valueOf(novelty.offset()))
                            .value("energy", String.valueOf(novelty.energyWeight()))
                            .value("residual", String.valueOf(novelty.residualWeight()))
                            .toString());
        }
        return json.toString();
    }

    private String about() {
        String about = String.format(
                Locale.ROOT,
                "%s · %,d parameters",
                model.network().title(),
                model.network().parameterCount());
        try {
            double accuracy = Double.parseDouble(model.facts().getOrDefault("test_accuracy", "0"));
            return accuracy > 0
                    ? about + String.format(Locale.ROOT, " · %.2f %% of the test images right", 100 * accuracy)
                    : about;
        } catch (NumberFormatException e) {
            return about;
        }
    }
}
