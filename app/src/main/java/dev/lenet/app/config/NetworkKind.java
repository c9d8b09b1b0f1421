package dev.lenet.app.config;

import java.util.Locale;

/** The networks that have a name. */
public enum NetworkKind {
    LENET5,
    LENET5_TANH,
    MLP,
    RESNET8;

    /** As it is written. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
