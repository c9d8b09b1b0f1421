package dev.lenet.app.config;

import dev.lenet.api.network.AvgPool2d;
import dev.lenet.api.network.BatchNorm2d;
import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.Dropout;
import dev.lenet.api.network.Flatten;
import dev.lenet.api.network.Gelu;
import dev.lenet.api.network.GlobalAvgPool;
import dev.lenet.api.network.GroupNorm;
import dev.lenet.api.network.LayerSpec;
import dev.lenet.api.network.LeakyRelu;
import dev.lenet.api.network.Linear;
import dev.lenet.api.network.MaxPool2d;
import dev.lenet.api.network.Relu;
import dev.lenet.api.network.Sigmoid;
import dev.lenet.api.network.Silu;
import dev.lenet.api.network.Size2d;
import dev.lenet.api.network.Tanh;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The layers that {@code model.layers} may list, and what may be said of each. */
enum LayerKind {
    CONV2D(
            "conv",
            whole("filters", 1),
            new Field("kernel_size", Kind.size(1, Limits.SIDE), null),
            whole("stride", 1, 1),
            new Field("padding", Kind.size(0, Limits.SIDE), "0"),
            whole("groups", 1, 1),
            new Field("bias", Kind.flag(), "true")) {
        @Override
        LayerSpec spec(Values values, int classes) {
            return new Conv2d(
                    values.whole("filters"),
                    values.size("kernel_size"),
                    values.whole("stride"),
                    values.size("padding"),
                    values.whole("groups"),
                    values.flag("bias"));
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
    GLOBAL_AVG_POOL("pool") {
        @Override
        LayerSpec spec(Values values, int classes) {
            return new GlobalAvgPool();
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
    LEAKY_RELU("relu", new Field("slope", Kind.numberBelow(0, 1), "0.01")) {
        @Override
        LayerSpec spec(Values values, int classes) {
            return new LeakyRelu(values.number("slope"));
        }
    },
    SIGMOID("sigmoid") {
        @Override
        LayerSpec spec(Values values, int classes) {
            return new Sigmoid();
        }
    },
    SILU("silu") {
        @Override
        LayerSpec spec(Values values, int classes) {
            return new Silu();
        }
    },
    GELU("gelu") {
        @Override
        LayerSpec spec(Values values, int classes) {
            return new Gelu();
        }
    },
    TANH("tanh") {
        @Override
        LayerSpec spec(Values values, int classes) {
            return new Tanh();
        }
    },
    BATCH_NORM2D(
            "norm",
            new Field("momentum", Kind.number(1e-6, 1), "0.1"),
            new Field("epsilon", Kind.number(1e-12, 1), "1e-5")) {
        @Override
        LayerSpec spec(Values values, int classes) {
            return new BatchNorm2d(values.number("momentum"), values.number("epsilon"));
        }
    },
    GROUP_NORM("norm", whole("groups", 1), new Field("epsilon", Kind.number(1e-12, 1), "1e-5")) {
        @Override
        LayerSpec spec(Values values, int classes) {
            return new GroupNorm(values.whole("groups"), values.number("epsilon"));
        }
    },
    RESIDUAL("block", new Field("layers", Kind.layers(), null), new Field("projection", Kind.projection(), "none")) {
        @Override
        LayerSpec spec(Values values, int classes) {
            return values.layers("layers").residual(values.projection("projection"), classes);
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

    /** What a layer may have. */
    private static final class Limits {
        /** Of anything that is counted in a layer. */
        static final int COUNT = 1_000_000;

        /** Of a kernel, in pixels. */
        static final int SIDE = 1000;
    }

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

        boolean flag(String field) {
            return (Boolean) value(field);
        }

        Size2d size(String field) {
            return (Size2d) value(field);
        }

        Optional<Integer> optional(String field) {
            return ((Optional<?>) value(field)).map(value -> Math.toIntExact((Long) value));
        }

        LayerList layers(String field) {
            return (LayerList) value(field);
        }

        @Nullable
        Conv2d projection(String field) {
            return (Conv2d) ((Optional<?>) value(field)).orElse(null);
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
        return new Field(name, Kind.whole(least, Limits.COUNT), null);
    }

    private static Field whole(String name, int least, int initial) {
        return new Field(name, Kind.whole(least, Limits.COUNT), String.valueOf(initial));
    }

    private static Field wholeOrAuto(String name, @Nullable String initial) {
        return new Field(name, Kind.orAuto(Kind.whole(1, Limits.COUNT)), initial);
    }
}
