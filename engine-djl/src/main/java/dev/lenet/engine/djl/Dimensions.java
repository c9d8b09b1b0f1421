package dev.lenet.engine.djl;

import dev.lenet.api.Shape;
import dev.lenet.api.network.Size2d;
import java.util.ArrayList;
import java.util.List;

/** Lists of whole numbers in TorchScript. */
final class Dimensions {
    private Dimensions() {}

    /** A shape, behind some dimensions more. */
    static String of(Shape shape, String... before) {
        List<String> all = new ArrayList<>(List.of(before));
        for (int axis = 0; axis < shape.rank(); axis++) {
            all.add(String.valueOf(shape.dimension(axis)));
        }
        return all.toString();
    }

    /** Rows and columns. */
    static String of(Size2d size) {
        return "[%s, %s]".formatted(size.height(), size.width());
    }

    /** The same number for both directions of a picture. */
    static String both(int size) {
        return "[%1$s, %1$s]".formatted(size);
    }
}
