package dev.lenet.app.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where stdout leads. */
final class StandardOutput {
    /** The bits of a file's mode that say what it is, and those of a pipe and of a socket (POSIX, sys/stat.h). */
    private static final int TYPE = 0170000;

    private static final int PIPE = 0010000;
    private static final int SOCKET = 0140000;

    private StandardOutput() {}

    /** Whether it is a pipe or a socket, which can only fail because nothing reads it any more; false where that is not known. */
    static boolean isPipe() {
        try {
            int type = (int) Files.getAttribute(Path.of("/dev/stdout"), "unix:mode") & TYPE;
            return type == PIPE || type == SOCKET;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }
}
