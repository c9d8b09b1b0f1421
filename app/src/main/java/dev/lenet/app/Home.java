package dev.lenet.app;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The user's home directory, where libraries keep their caches. */
final class Home {
    private static final String PROPERTY = "user.home";

    private Home() {}

    /** In a container, a user without an entry in the list of users has {@code ?} for a home, which would be made in the working directory. */
    static void ensure() {
        if (Path.of(System.getProperty(PROPERTY, "")).isAbsolute()) {
            return;
        }
        @Nullable String home = System.getenv("HOME");
        boolean known = home != null && Path.of(home).isAbsolute() && !home.equals("/");
        Path temporary = Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath();
        System.setProperty(
                PROPERTY,
                known
                        ? home
                        : temporary
                                .resolve("lenet-" + System.getProperty("user.name"))
                                .toString());
    }
}
