package dev.lenet.app.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** A file packaged with the program, beside the class that reads it. */
public final class Resource {
    private Resource() {}

    /**
     * @param owner a class of the file's package
     * @throws IllegalStateException if the program was packaged without it
     */
    public static byte[] bytes(Class<?> owner, String name) {
        try (@Nullable InputStream in = owner.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the program was packaged without " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
