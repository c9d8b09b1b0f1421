package dev.lenet.app.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Values of settings, each valid for its key; a later one replaces an earlier one. */
final class Settings {
    private final Map<Key<?>, Object> values = new HashMap<>();
    private final Map<Key<?>, LoadedConfig.Entry> entries = new HashMap<>();
    private final Map<Key<?>, String> defaults = new HashMap<>();

    /**
     * Takes a value if it is one for that key.
     *
     * @param origin for {@link LoadedConfig.Entry#origin}
     * @return whether it is
     */
    boolean accept(Key<?> key, Scalar scalar, String origin) {
        Object value = key.kind().reader().read(scalar);
        if (value == null) {
            return false;
        }
        values.put(key, value);
        entries.put(key, new LoadedConfig.Entry(key.path(), scalar.text(), origin));
        return true;
    }

    /** Turns the values so far into the defaults, to be overlaid. */
    Settings asDefaults() {
        entries.replaceAll((key, entry) -> new LoadedConfig.Entry(entry.key(), entry.value(), "default"));
        entries.forEach((key, entry) -> defaults.put(key, entry.value()));
        return this;
    }

    /** What the defaults say, overlaid or not. */
    Optional<String> defaultOf(Key<?> key) {
        return Optional.ofNullable(defaults.get(key));
    }

    @SuppressWarnings("unchecked") // accept() stores under a key only what that key's kind has read.
    <T> T value(Key<T> key) {
        @Nullable Object value = values.get(key);
        if (value == null) {
            throw new IllegalStateException("the packaged config.yaml has no " + key.path());
        }
        return (T) value;
    }

    int intValue(Key<Long> key) {
        return Math.toIntExact(value(key));
    }

    /** One entry for each of those keys that has a value. */
    List<LoadedConfig.Entry> entries(List<Key<?>> keys) {
        return keys.stream().filter(entries::containsKey).map(entries::get).toList();
    }
}
