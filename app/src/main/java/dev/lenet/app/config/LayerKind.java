package dev.lenet.app.config;

import dev.lenet.api.network.AvgPool2d;
import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.Dropout;
import dev.lenet.api.network.Flatten;
import dev.lenet.api.network.LayerSpec;
import dev.lenet.api.network.Linear;
import dev.lenet.api.network.MaxPool2d;
import dev.lenet.api.network.Relu;
import dev.lenet.api.network.Tanh;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The layers that {@code model.layers} may list, and what may be said of each. */
enum LayerKind {
    CONV2D("conv", whole("filters", 1), whole("kernel_size", 1), whole("stride", 1, 1), whole("padding", 0, 0)) {
        @Override
        LayerSpec spec(Values values, int classes) {
            return new Conv2d(
                    values.whole("filters"),
                    values.whole("kernel_size"),
                    values.whole("stride"),
                    values.whole("padding"));
        }
    },
    MAX_POOL2D("pool", whole("kernel_size", 1), wholeOrAuto("stride", "auto")) {
        @Override
        LayerSpec spec(Values values, int classes) {
            return new MaxPool2d(values.whole("kernel_size"), values.stride());
        }
    },
    AVG_POOL2D("pool", whole("kernel_size", 1), wholeOrAuto("stride", "auto")) {
        @Override
        LayerSpec spec(Values values, int classes) {
            return new AvgPool2d(values.whole("kernel_size"), values.stride());
        }
    },
    LINEAR("fc", wholeOrAuto("outputs", null)) {
        @Override
        LayerSpec spec(Values values, int classes) {
            return Linear.of(values.optional("outputs").orElse(classes));
        }
    },
    RELU("relu") {
        @Override
        LayerSpec spec(Values values, int classes) {
            return new Relu();
        }
    },
    TANH("tanh") {
        @Override
        LayerSpec spec(Values values, int classes) {
            return new Tanh();
        }
    },
    FLATTEN("flatten") {
        @Override
        LayerSpec spec(Values values, int classes) {
            return new Flatten();
        }
    },
    DROPOUT("dropout", new Field("rate", Kind.numberBelow(0, 1), null)) {
        @Override
        LayerSpec spec(Values values, int classes) {
            return new Dropout(values.number("rate"));
        }
    };

    /** Of anything that is counted in a layer. */
    private static final int MOST = 1_000_000;

    private final String prefix;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<Field> fields;

    LayerKind(String prefix, Field... fields) {
        this.prefix = prefix;
        this.fields = List.of(fields);
    }

    /**
     * A key of a layer.
     *
     * @param initial what it is if it is not written, as it would be; null if it has to be
     */
    record Field(String name, Kind<?> kind, @Nullable String initial) {}

    /** A value for each field of a kind, as its {@link Kind} reads it. */
    record Values(Map<String, Object> byField) {
        int whole(String field) {
            return Math.toIntExact((Long) value(field));
        }

        float number(String field) {
            return ((Double) value(field)).floatValue();
        }

        Optional<Integer> optional(String field) {
            return ((Optional<?>) value(field)).map(value -> Math.toIntExact((Long) value));
        }

        /** Windows that touch, if nothing else is said. */
        int stride() {
            return optional("stride").orElseGet(() -> whole("kernel_size"));
        }

        private Object value(String field) {
            @Nullable Object value = byField.get(field);
            if (value == null) {
                throw new IllegalStateException("there is no " + field + " in " + byField);
            }
            return value;
        }
    }

    /**
     * The layer.
     *
     * @param classes of the data, for a value that follows them
     * @throws IllegalArgumentException if the values do not go together
     */
    abstract LayerSpec spec(Values values, int classes);

    /** As it is written. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What the name of a layer begins with, if it is given none: a number follows. */
    String prefix() {
        return prefix;
    }

    List<Field> fields() {
        return fields;
    }

    private static Field whole(String name, int least) {
        return new Field(name, Kind.whole(least, MOST), null);
    }

    private static Field whole(String name, int least, int initial) {
        return new Field(name, Kind.whole(least, MOST), String.valueOf(initial));
    }

    private static Field wholeOrAuto(String name, @Nullable String initial) {
        return new Field(name, Kind.orAuto(Kind.whole(1, MOST)), initial);
    }
}
