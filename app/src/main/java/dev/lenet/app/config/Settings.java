package dev.lenet.app.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A value for every setting, valid for its key: at first the default, then what replaces it. */
final class Settings {
    /** The origin of a default. */
    static final String DEFAULT = "default";

    private final Schema schema;
    private final Map<String, Object> values = new HashMap<>();
    private final Map<String, LoadedConfig.Entry> entries = new LinkedHashMap<>();
    private final Set<String> givenByOption = new HashSet<>();

    /** All defaults. */
    Settings(Schema schema) {
        this.schema = schema;
        for (Key key : schema.keys()) {
            if (!accept(key, Scalar.plain(key.initial()), DEFAULT)) {
                throw new IllegalStateException("the declaration of " + key.path() + " has the default '"
                        + key.initial() + "', which is not " + key.kind().expectation());
            }
        }
    }

    /**
     * Takes a value if it is one for that key.
     *
     * @param origin for {@link LoadedConfig.Entry#origin}
     * @return whether it is
     */
    boolean accept(Key key, Scalar scalar, String origin) {
        Object value = key.kind().reader().read(scalar);
        if (value == null) {
            return false;
        }
        values.put(key.path(), value);
        entries.put(
                key.path(),
                new LoadedConfig.Entry(
                        key.path(), scalar.text(), origin, key.kind().textual()));
        return true;
    }

    /** Takes a list of layers, which has been read. */
    void accept(Key key, LayerList layers, String origin) {
        values.put(key.path(), Optional.of(layers));
        entries.put(key.path(), new LoadedConfig.Entry(key.path(), layers.text(), origin, false));
    }

    /** As {@link #accept(Key, Scalar, String)}, for a value of the command line. */
    boolean acceptOption(Key key, Scalar scalar, String option) {
        givenByOption.add(key.path());
        return accept(key, scalar, option);
    }

    /** One entry for each key, in the order of the keys. */
    List<LoadedConfig.Entry> entries() {
        return List.copyOf(entries.values());
    }

    /** The keys that the command line gave a value. */
    Set<String> givenByOption() {
        return givenByOption;
    }

    /** The values as the program uses them. */
    Config config() {
        return record(Config.class, "");
    }

    /** A record from its components, each by the name that {@link Schema} gives it. */
    private <R> R record(Class<R> type, String section) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] arguments = Arrays.stream(components)
                .map(component -> argument(component, section))
                .toArray();
        try {
            Constructor<R> constructor = type.getDeclaredConstructor(types);
            return constructor.newInstance(arguments);
        } catch (NoSuchMethodException
                | InstantiationException
                | IllegalAccessException
                | InvocationTargetException e) {
            throw new IllegalStateException("a record of settings cannot be made", e);
        }
    }

    private Object argument(RecordComponent component, String section) {
        String path = Schema.path(section, component);
        if (component.isAnnotationPresent(Declaration.class)) {
            Object value = value(path);
            return component.getType() == int.class ? (Object) Math.toIntExact((Long) value) : value;
        }
        return component.getType().isRecord() ? record(component.getType(), path) : ofEngines();
    }

    private Map<String, String> ofEngines() {
        return schema.engineKeys().stream().map(Key::path).collect(Collectors.toMap(path -> path, path -> value(path)
                .toString()));
    }

    private Object value(String path) {
        return Objects.requireNonNull(values.get(path), path);
    }
}
