package dev.lenet.app.config;

/**
 * A setting given on the command line.
 *
 * @param key the setting, for example {@code training.learning_rate}
 * @param option what the user typed, for example {@code --lr}; messages name it
 * @param value as typed
 */
public record Setting(String key, String option, String value) {}
