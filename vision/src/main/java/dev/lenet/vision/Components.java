package dev.lenet.vision;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;

/** The connected components of the ink in a picture: pixels above 0 that touch, also at their corners. */
final class Components {
    /**
     * Pixels that hang together.
     *
     * @param mass the sum of its ink
     */
    record Component(int index, Box box, double mass) {}

    private final GreyImage ink;
    private final int[] componentOf;
    private final int[] stack;
    private final List<Component> all = new ArrayList<>();

    private Components(GreyImage ink) {
        this.ink = ink;
        this.componentOf = new int[ink.values().length];
        this.stack = new int[ink.values().length];
    }

    static Components of(GreyImage ink) {
        Components components = new Components(ink);
        Arrays.fill(components.componentOf, -1);
        for (int i = 0; i < components.componentOf.length; i++) {
            if (ink.values()[i] > 0 && components.componentOf[i] < 0) {
                components.all.add(components.fill(i));
            }
        }
        return components;
    }

    List<Component> all() {
        return all;
    }

    /** Whether a component reaches an edge of the picture. */
    boolean touchesEdge(Component component) {
        Box box = component.box();
        return box.left() == 0 || box.top() == 0 || box.right() == ink.width() || box.bottom() == ink.height();
    }

    /** The mass of the heaviest of those; 0 if there is none. */
    double heaviest(Predicate<Component> which) {
        return all.stream().filter(which).mapToDouble(Component::mass).max().orElse(0);
    }

    /** The ink of those components alone. */
    GreyImage only(Predicate<Component> which) {
        boolean[] kept = new boolean[all.size()];
        for (Component component : all) {
            kept[component.index()] = which.test(component);
        }
        float[] values = new float[componentOf.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = componentOf[i] >= 0 && kept[componentOf[i]] ? ink.values()[i] : 0;
        }
        return new GreyImage(ink.width(), ink.height(), values);
    }

    /** Of the part in that box, the ink of the components with those numbers alone. */
    GreyImage only(List<Integer> numbers, Box box) {
        BitSet kept = new BitSet(all.size());
        numbers.forEach(kept::set);
        float[] values = new float[box.width() * box.height()];
        for (int y = 0; y < box.height(); y++) {
            for (int x = 0; x < box.width(); x++) {
                int pixel = (box.top() + y) * ink.width() + box.left() + x;
                boolean its = componentOf[pixel] >= 0 && kept.get(componentOf[pixel]);
                values[y * box.width() + x] = its ? ink.values()[pixel] : 0;
            }
        }
        return new GreyImage(box.width(), box.height(), values);
    }

    /** Marks the component around a pixel. */
    private Component fill(int start) {
        int width = ink.width();
        int height = ink.height();
        int index = all.size();
        Box box = new Box(width, height, 0, 0);
        double mass = 0;
        int depth = 0;
        stack[depth++] = start;
        componentOf[start] = index;
        while (depth > 0) {
            int pixel = stack[--depth];
            mass += ink.values()[pixel];
            int x = pixel % width;
            int y = pixel / width;
            box = box.with(x, y);
            for (int v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
                for (int u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
                    int neighbour = v * width + u;
                    if (ink.values()[neighbour] > 0 && componentOf[neighbour] < 0) {
                        // Marked when pushed: each pixel is on the stack at most once.
                        componentOf[neighbour] = index;
                        stack[depth++] = neighbour;
                    }
                }
            }
        }
        return new Component(index, box, mass);
    }
}
