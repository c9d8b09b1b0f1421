package dev.lenet.app.config;

import java.util.List;

/**
 * Settings together with where each one came from.
 *
 * @param entries one for every key, in the order of {@code config.yaml}
 */
public record LoadedConfig(Config config, List<Entry> entries) {

    public LoadedConfig {
        entries = List.copyOf(entries);
    }

    /**
     * One setting, for showing.
     *
     * @param key with its section, for example {@code training.epochs}
     * @param value as it was written
     * @param origin {@code default}, a file and line such as {@code config.yaml:12}, or an option such as {@code --lr}
     */
    public record Entry(String key, String value, String origin) {}
}
