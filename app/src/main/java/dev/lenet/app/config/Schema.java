package dev.lenet.app.config;

import dev.lenet.api.EngineUnavailableException;
import dev.lenet.api.Shape;
import dev.lenet.api.engine.Device;
import dev.lenet.api.engine.EngineProvider;
import dev.lenet.api.engine.EngineSetting;
import dev.lenet.datasets.DatasetKind;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * All settings there are, read off the declarations: those of the program are the components of {@link Config} and of the
 * records in it, see {@link Declaration}; those of an engine come from its provider.
 */
public final class Schema {
    private final List<EngineProvider> engines;
    private final List<Key> keys = new ArrayList<>();
    private final List<Key> engineKeys = new ArrayList<>();

    /** Their sections, and what stands above each. */
    private final Map<String, String> sections = new LinkedHashMap<>();

    private Schema(List<EngineProvider> engines) {
        this.engines = engines;
    }

    /**
     * The settings of the program and of those engines.
     *
     * @throws EngineUnavailableException if an engine is called like another, or like a setting or section of the program
     */
    public static Schema of(List<EngineProvider> engines) {
        List<EngineProvider> sorted = new ArrayList<>(engines);
        sorted.sort(Comparator.comparing(EngineProvider::priority).reversed().thenComparing(EngineProvider::name));
        Schema schema = new Schema(List.copyOf(sorted));
        schema.read(Config.class, "");
        return schema;
    }

    private void read(Class<?> type, String section) {
        for (RecordComponent component : type.getRecordComponents()) {
            Declaration declaration = component.getAnnotation(Declaration.class);
            String path = path(section, component);
            if (declaration != null) {
                keys.add(key(path, component.getGenericType(), declaration));
            } else if (component.getType().isRecord()) {
                Declaration.Section comment = component.getAnnotation(Declaration.Section.class);
                addSection(path, comment == null ? "" : comment.value());
                read(component.getType(), path);
            } else {
                engines.forEach(this::read);
                keys.addAll(engineKeys);
            }
        }
    }

    private void read(EngineProvider engine) {
        String name = engine.name();
        if (!engine.settings().isEmpty()) {
            addSection(name, "");
        }
        for (EngineSetting setting : engine.settings()) {
            engineKeys.add(new Key(
                    setting.key(name), kind(setting.values()), setting.initial(), setting.help(), List.of(), ""));
        }
    }

    private void addSection(String name, String comment) {
        boolean known =
                sections.putIfAbsent(name, comment.replaceAll("\\s+", " ").strip()) != null;
        if (known || find(name).isPresent()) {
            throw new EngineUnavailableException(
                    "Engine '" + name + "': expected a name that no other engine and no" + " setting has, received '"
                            + name + "'. Remove its jar from the class path, or rename the engine.");
        }
    }

    private Key key(String path, Type type, Declaration declaration) {
        Kind<?> kind = kind(type, declaration);
        String initial = declaration.initial();
        // The usual engine may not be installed.
        if (type == String.class && !engines.isEmpty() && !kind.choices().contains(initial)) {
            initial = kind.choices().get(0);
        }
        return new Key(path, kind, initial, declaration.text(), List.of(declaration.option()), declaration.label());
    }

    private Kind<?> kind(Type type, Declaration declaration) {
        if (type instanceof ParameterizedType optional && optional.getActualTypeArguments()[0] == LayerList.class) {
            return Kind.layersOrAuto();
        } else if (type instanceof ParameterizedType optional) {
            return Kind.orAuto(kind(optional.getActualTypeArguments()[0], declaration));
        } else if (type == int.class || type == long.class) {
            return Kind.whole((long) declaration.least(), (long) declaration.most());
        } else if (type == double.class || type == Double.class) {
            return declaration.below() < Double.POSITIVE_INFINITY
                    ? Kind.numberBelow(declaration.least(), declaration.below())
                    : Kind.number(declaration.least(), declaration.most());
        } else if (type == boolean.class) {
            return Kind.flag();
        } else if (type == Path.class) {
            return Kind.path();
        } else if (type == Shape.class) {
            return Kind.shape();
        } else if (type == Device.class) {
            return Kind.device();
        } else if (type == DatasetKind.class) {
            return Kind.choice(DatasetKind.all(), DatasetKind::id);
        } else if (type == String.class) {
            List<String> names = engines.stream().map(EngineProvider::name).toList();
            return Kind.choice(names, Function.identity());
        } else if (type instanceof Class<?> choices && choices.isEnum()) {
            return Kind.choice(List.of(Objects.requireNonNull(choices.getEnumConstants())), Schema::id);
        }
        throw new IllegalStateException("there is no kind of setting for " + type);
    }

    private static Kind<?> kind(EngineSetting.Values values) {
        if (values instanceof EngineSetting.Choice choice) {
            return Kind.choice(choice.words(), Function.identity());
        } else if (values instanceof EngineSetting.WholeNumber numbers) {
            return Kind.whole(numbers.least(), numbers.most());
        }
        throw new IllegalStateException("there is no kind of setting for " + values);
    }

    /** As it is written in a file or on the command line. */
    private static String id(Object constant) {
        return constant.toString().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What a component of a record is called in a file. */
    static String path(String section, RecordComponent component) {
        String name = component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
        return section.isEmpty() ? name : section + "." + name;
    }

    /** All settings, in the order in which they are shown. */
    List<Key> keys() {
        return keys;
    }

    /** Those of the engines. */
    List<Key> engineKeys() {
        return engineKeys;
    }

    /** Sections in that order, and what stands above each; nothing above most. */
    Map<String, String> sections() {
        return sections;
    }

    Optional<Key> find(String path) {
        return keys.stream().filter(key -> key.path().equals(path)).findFirst();
    }

    /**
     * The option that gives a setting.
     *
     * @param path for example {@code training.epochs}
     */
    public SettingOption option(String path) {
        Key key = known(path);
        return new SettingOption(path, key.options(), key.label(), isFlag(key), key.summary());
    }

    /**
     * The same with a help of its own.
     *
     * @param help may have <code>{range}</code> and <code>{default}</code> in it
     */
    public SettingOption option(String path, String help) {
        Key key = known(path);
        return new SettingOption(path, key.options(), key.label(), isFlag(key), key.filled(help));
    }

    private Key known(String path) {
        return find(path).orElseThrow(() -> new IllegalStateException("there is no setting " + path));
    }

    private static boolean isFlag(Key key) {
        return key.kind().reader().read(Scalar.plain("true")) instanceof Boolean;
    }
}
