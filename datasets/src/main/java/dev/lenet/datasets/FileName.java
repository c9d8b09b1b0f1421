package dev.lenet.datasets;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The name of a file as whoever gave it wrote it. In a locale without the characters for it, as {@code LC_ALL=C} on JDK 17,
 * a path has the right bytes, so that the file can be opened, but not the right text.
 */
final class FileName {
    /** What Java writes for bytes that are no character of the locale. */
    static final char UNKNOWN = '\uFFFD';

    private FileName() {}

    /** The last part of a path. */
    static String of(Path path) {
        String name = String.valueOf(path.getFileName());
        if (name.indexOf(UNKNOWN) < 0) {
            return name;
        }
        // An address has the bytes of the path, those that are no ASCII as %C3%A9. File names are UTF-8 wherever they
        // are text.
        String address = path.toUri().getRawPath();
        int end = address.endsWith("/") ? address.length() - 1 : address.length();
        String last = address.substring(address.lastIndexOf('/', end - 1) + 1, end);
        return URLDecoder.decode(last.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
