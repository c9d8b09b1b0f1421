package dev.lenet.interop;

import dev.lenet.api.LenetException;
import dev.lenet.api.model.ModelFile;

/**
 * Models as source code that needs nothing else: neither this framework nor any library. The layers are plain loops, the weights
 * constants.
 */
public final class SourceCode {
    private SourceCode() {}

    /**
     * A class in Java, for version 8 and later. It takes normalised images or, if the model says how they are normalised, pixels, and
     * gives logits or a class; it sums in double precision. Weights are texts in Base64, as a class holds neither many numbers nor long
     * texts.
     *
     * @param className with its package, if any: {@code com.example.Digits}
     * @throws IllegalArgumentException if that is no name of a class
     * @throws LenetException if the model gives no vector of logits, or has more parameters than a class holds
     */
    public static String java(ModelFile model, String className) {
        return new JavaSource(model, className).text();
    }

    /**
     * A header in C99. It takes normalised images or, if the model says how they are normalised, pixels, and gives logits or a class; it
     * sums in float32, allocates nothing, and calls nothing but {@code expf} (and {@code erff} for {@code Gelu}), and that for probabilities, hyperbolic tangents and sigmoids
     * only.
     *
     * @param name what all names in it start with: {@code digits}
     * @throws IllegalArgumentException if that is no name in C of lower-case letters, digits and underscores
     * @throws LenetException if the model gives no vector of logits
     */
    public static String c(ModelFile model, String name) {
        return new CSource(model, name).text();
    }

    /**
     * A header in C99 that computes with integers alone, for processors without a floating-point unit: weights are of 8 bits. It takes
     * pixels, and gives scores, which have no unit, or a class; it allocates nothing and calls nothing.
     *
     * @param name what all names in it start with: {@code digits}
     * @throws IllegalArgumentException if that is no name in C of lower-case letters, digits and underscores
     * @throws LenetException if the model gives no vector of logits, does not say how its inputs are normalised, or has other layers than
     *     convolutions, max-pooling, fully connected layers, rectifiers, flatten and dropout
     */
    public static String cInt8(ModelFile model, String name) {
        return new CIntegerSource(model, name).text();
    }
}
