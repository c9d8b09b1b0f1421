package dev.lenet.api.model;

import dev.lenet.api.ModelFormatException;
import dev.lenet.api.ShapeException;
import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.LayerSpec;
import dev.lenet.api.network.LeftOutWhen;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Network.NamedLayer;
import dev.lenet.api.network.Residual;
import dev.lenet.api.network.Size2d;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A network as text:
 * {@code {"input":[1,28,28],"layers":[{"name":"conv1","kind":"conv2d","filters":6,"kernel_size":5,...},...]}}.
 *
 * <p>A layer's fields are the components of its record, in lower case with underscores, and its kind is the name of the
 * record in the same way. So a new kind of layer needs nothing here. Rows and columns are one number where they are the same,
 * and otherwise two, {@code [3,5]}; what {@link LeftOutWhen} says is not there.
 */
final class NetworkJson {
    private NetworkJson() {}

    static String write(Network network) {
        List<Json> input = new ArrayList<>();
        for (int size : network.input().toArray()) {
            input.add(new Json.Numeral(Integer.toString(size)));
        }
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("input", new Json.Array(input));
        members.put(
                "layers",
                new Json.Array(network.layers().stream().map(NetworkJson::write).toList()));
        return new Json.Members(members).toString();
    }

    private static Json write(NamedLayer layer) {
        return named(layer.name(), layer.spec());
    }

    private static Json named(String name, LayerSpec spec) {
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("name", new Json.Text(name));
        members.putAll(fields(spec));
        return new Json.Members(members);
    }

    /** The kind of a layer and its components. */
    private static Map<String, Json> fields(LayerSpec spec) {
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("kind", new Json.Text(spec.kind()));
        for (RecordComponent component : spec.getClass().getRecordComponents()) {
            try {
                // The text of an int or a float is the shortest that reads back as the same bits.
                Object value = component.getAccessor().invoke(spec);
                LeftOutWhen usual = component.getAnnotation(LeftOutWhen.class);
                if (usual == null || !usual.value().equals(String.valueOf(value))) {
                    members.put(underscored(component.getName()), json(value));
                }
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("the layers of the api are public records", e);
            }
        }
        return members;
    }

    private static Json json(Object value) {
        if (value instanceof Boolean truth) {
            return new Json.Truth(truth);
        }
        if (value instanceof List<?> parts) {
            return new Json.Array(parts.stream()
                    .map(Residual.Part.class::cast)
                    .map(part -> named(part.name(), part.spec()))
                    .toList());
        }
        if (value instanceof LayerSpec spec) {
            return new Json.Members(fields(spec));
        }
        if (value instanceof Size2d size && !size.isSquare()) {
            return new Json.Array(Stream.of(size.height(), size.width())
                    .map(pixels -> new Json.Numeral(String.valueOf(pixels)))
                    .toList());
        }
        return new Json.Numeral(String.valueOf(value));
    }

    /**
     * @throws ModelFormatException if the text is not a network
     */
    static Network read(String text) {
        Json.Members network = JsonReader.read(text).members("network");
        network.only("network", List.of("input", "layers"));
        int[] input = network.member("network", "input").array("network, input").items().stream()
                .mapToInt(size -> (int) size.integer("network, input", 1, Integer.MAX_VALUE))
                .toArray();
        try {
            Network.Builder builder = Network.input(input);
            for (Named layer : layers("network", network.member("network", "layers"))) {
                builder.layer(layer.name(), layer.spec());
            }
            return builder.build();
        } catch (ShapeException | IllegalArgumentException e) {
            throw new ModelFormatException("network: " + e.getMessage(), e);
        }
    }

    private record Named(String name, LayerSpec spec) {}

    /** Those of a network or of a layer that is made of others. */
    private static List<Named> layers(String where, Json layers) {
        List<Named> all = new ArrayList<>();
        for (Json layer : layers.array(where + ", layers").items()) {
            String place = where + ", layer " + (all.size() + 1);
            String name = layer.members(place).member(place, "name").text(place + ", name");
            all.add(new Named(name, spec(place, layer.members(place), List.of("name", "kind"))));
        }
        return all;
    }

    /**
     * @param before the members that are there whatever the kind
     */
    private static LayerSpec spec(String where, Json.Members layer, List<String> before) {
        String kind = layer.member(where, "kind").text(where + ", kind");
        Class<?> type = LayerSpec.kinds().stream()
                .filter(candidate -> underscored(candidate.getSimpleName()).equals(kind))
                .findFirst()
                .orElseThrow(() -> new ModelFormatException(where + ": expected a kind of layer among " + kinds()
                        + ", received " + Json.quotedStart(kind)
                        + ". The file was made by a newer version: use that one, or train again."));
        RecordComponent[] components = type.getRecordComponents();
        List<String> fields = new ArrayList<>(before);
        Class<?>[] types = new Class<?>[components.length];
        @Nullable Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            String field = underscored(components[i].getName());
            fields.add(field);
            types[i] = components[i].getType();
            LeftOutWhen usual = components[i].getAnnotation(LeftOutWhen.class);
            Json value = usual != null && !layer.values().containsKey(field)
                    ? JsonReader.read(usual.value())
                    : layer.member(where, field);
            values[i] = value(where, field, types[i], value);
        }
        layer.only(where, fields);
        try {
            return (LayerSpec) type.getConstructor(types).newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refused) {
                throw new ModelFormatException(where + ": " + refused.getMessage(), e);
            }
            throw new IllegalStateException(where + " (" + kind + ")", e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the layers of the api are public records", e);
        }
    }

    private static @Nullable Object value(String layer, String field, Class<?> type, Json value) {
        String where = layer + ", " + field;
        if (type == int.class) {
            return integer(where, value);
        }
        if (type == boolean.class) {
            return value.truth(where);
        }
        if (type == float.class) {
            return value.float32(where);
        }
        if (type == Size2d.class) {
            return value instanceof Json.Array both ? size(where, both) : Size2d.square(integer(where, value));
        }
        if (type == List.class) {
            return layers(layer, value).stream()
                    .map(part -> new Residual.Part(part.name(), part.spec()))
                    .toList();
        }
        if (type == Conv2d.class) {
            return value instanceof Json.Null ? null : convolution(where, value);
        }
        throw new IllegalStateException(where + ": layers have no components of " + type);
    }

    private static Conv2d convolution(String where, Json value) {
        if (spec(where, value.members(where), List.of("kind")) instanceof Conv2d conv) {
            return conv;
        }
        throw value.expected(where, "a layer of kind conv2d");
    }

    private static int integer(String where, Json value) {
        return (int) value.integer(where, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    private static Size2d size(String where, Json.Array both) {
        if (both.items().size() != 2) {
            throw both.expected(where, "one integer, or two: rows and columns");
        }
        return new Size2d(
                integer(where, both.items().get(0)), integer(where, both.items().get(1)));
    }

    private static List<String> kinds() {
        return LayerSpec.kinds().stream()
                .map(type -> underscored(type.getSimpleName()))
                .toList();
    }

    /** {@code kernelSize} to {@code kernel_size}, {@code MaxPool2d} to {@code max_pool2d}. */
    private static String underscored(String name) {
        return name.replaceAll("(?<=.)(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }
}
