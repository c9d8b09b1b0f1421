package dev.lenet.api.model;

import dev.lenet.api.ModelFormatException;
import dev.lenet.api.ShapeException;
import dev.lenet.api.network.LayerSpec;
import dev.lenet.api.network.LeftOutWhen;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Network.NamedLayer;
import dev.lenet.api.network.Size2d;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

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
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("name", new Json.Text(layer.name()));
        members.put("kind", new Json.Text(layer.spec().kind()));
        for (RecordComponent component : layer.spec().getClass().getRecordComponents()) {
            try {
                // The text of an int or a float is the shortest that reads back as the same bits.
                Object value = component.getAccessor().invoke(layer.spec());
                LeftOutWhen usual = component.getAnnotation(LeftOutWhen.class);
                if (usual == null || !usual.value().equals(String.valueOf(value))) {
                    members.put(underscored(component.getName()), json(value));
                }
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("the layers of the api are public records", e);
            }
        }
        return new Json.Members(members);
    }

    private static Json json(Object value) {
        if (value instanceof Boolean truth) {
            return new Json.Truth(truth);
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
            int index = 0;
            for (Json layer :
                    network.member("network", "layers").array("network, layers").items()) {
                index++;
                String where = "network, layer " + index;
                String name = layer.members(where).member(where, "name").text(where + ", name");
                builder.layer(name, spec(where, layer.members(where)));
            }
            return builder.build();
        } catch (ShapeException | IllegalArgumentException e) {
            throw new ModelFormatException("network: " + e.getMessage(), e);
        }
    }

    private static LayerSpec spec(String where, Json.Members layer) {
        String kind = layer.member(where, "kind").text(where + ", kind");
        Class<?> type = Arrays.stream(LayerSpec.class.getPermittedSubclasses())
                .filter(candidate -> underscored(candidate.getSimpleName()).equals(kind))
                .findFirst()
                .orElseThrow(() -> new ModelFormatException(where + ": expected a kind of layer among " + kinds()
                        + ", received " + Json.quotedStart(kind)
                        + ". The file was made by a newer version: use that one, or train again."));
        RecordComponent[] components = type.getRecordComponents();
        List<String> fields = new ArrayList<>(List.of("name", "kind"));
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            String field = underscored(components[i].getName());
            fields.add(field);
            types[i] = components[i].getType();
            LeftOutWhen usual = components[i].getAnnotation(LeftOutWhen.class);
            Json value = usual != null && !layer.values().containsKey(field)
                    ? JsonReader.read(usual.value())
                    : layer.member(where, field);
            values[i] = value(where + ", " + field, types[i], value);
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

    private static Object value(String where, Class<?> type, Json value) {
        if (type == int.class) {
            return integer(where, value);
        }
        if (type == boolean.class) {
            return value.truth(where);
        }
        if (type == Size2d.class) {
            return value instanceof Json.Array both ? size(where, both) : Size2d.square(integer(where, value));
        }
        if (type == float.class) {
            return value.float32(where);
        }
        throw new IllegalStateException(where + ": layers have no components of " + type);
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
        return Arrays.stream(LayerSpec.class.getPermittedSubclasses())
                .map(type -> underscored(type.getSimpleName()))
                .toList();
    }

    /** {@code kernelSize} to {@code kernel_size}, {@code MaxPool2d} to {@code max_pool2d}. */
    private static String underscored(String name) {
        return name.replaceAll("(?<=.)(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }
}
