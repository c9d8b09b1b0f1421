package dev.lenet.fuzz;

import dev.lenet.api.ConfigException;
import dev.lenet.app.config.ConfigLoader;
import java.util.List;

/** {@code config.yaml}. */
public final class SettingsTarget {
    private SettingsTarget() {}

    public static void fuzzerTestOneInput(byte[] data) {
        try {
            ConfigLoader.load(Scratch.file("config.yaml", data), Scratch.folder(), List.of());
        } catch (ConfigException e) {
            Documented.check(e);
        }
    }
}
