package dev.lenet.interop;

import dev.lenet.api.LenetException;
import dev.lenet.api.model.ModelFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Models as web pages: one file with the model inside. It opens from the disk in any browser of the last years, phones included, and
 * reads what one draws, with a forward pass in plain JavaScript. It asks no server and no other host for anything, and forbids the
 * browser to do so (Content Security Policy).
 *
 * <pre>{@code
 * AtomicFile.write(Path.of("digits.html"), out -> WebPage.write(model, out));
 * }</pre>
 */
public final class WebPage {
    private WebPage() {}

    /**
     * Writes the page of a model of characters: drawings are made like MNIST's digits.
     *
     * @throws LenetException if the model does not take grey images of 28x28 pixels, gives no vector of logits, or does not say how its
     *     inputs are normalised
     */
    public static void write(ModelFile model, OutputStream out) throws IOException {
        write(model, out, true);
    }

    /**
     * Writes the page of a model.
     *
     * @param characters whether drawings are cropped, scaled and centred as MNIST's digits are; otherwise they are scaled only
     * @throws LenetException if the model does not take grey images of 28x28 pixels, gives no vector of logits, or does not say how its
     *     inputs are normalised
     */
    public static void write(ModelFile model, OutputStream out, boolean characters) throws IOException {
        out.write(new PageWriter(model, characters).text().getBytes(StandardCharsets.UTF_8));
    }
}
