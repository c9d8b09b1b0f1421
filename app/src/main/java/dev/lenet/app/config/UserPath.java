package dev.lenet.app.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** A path as a user writes it, in a file or on a command line. */
public final class UserPath {
    private static final String HOME = "~";

    private UserPath() {}

    /**
     * The path, with the home directory in place of a {@code ~} that no shell has replaced, as in {@code --output=~/m.safetensors}.
     *
     * @throws InvalidPathException if it is none, or names the home directory of another user
     */
    public static Path of(String text) {
        if (text.isBlank()) {
            throw new InvalidPathException(text, "expected a path, received nothing");
        }
        int end = text.indexOf('/');
        String first = end < 0 ? text : text.substring(0, end);
        if (first.equals(HOME)) {
            return Path.of(System.getProperty("user.home"), text.substring(first.length()));
        }
        if (first.startsWith(HOME) && end >= 0) {
            throw new InvalidPathException(
                    text,
                    "expected a path, received the home directory of another user, which only a shell knows."
                            + " Write it out, or begin with ./ if that is the name of a folder");
        }
        return Path.of(text);
    }
}
