package dev.lenet.vision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lenet.vision.Components.Component;
import dev.lenet.vision.Segments.Segment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SegmentsTest {
    private static final int SIDE = 128;

    @Test
    @DisplayName("Components are joined as by comparing all of them again after each that joins")
    void joined() {
        int several = 0;
        for (int seed = 0; seed < 300; seed++) {
            Components components = Components.of(strokes(new Random(seed)));
            List<Box> fast = Segments.of(components).stream()
                    .flatMap(List::stream)
                    .map(Segment::box)
                    .sorted(ORDER)
                    .toList();

            assertThat(fast).as("seed %d", seed).isEqualTo(slow(components.all()));
            several += fast.size() > 1 && fast.size() < components.all().size() ? 1 : 0;
        }
        assertThat(several).as("seeds in which some were joined, and some not").isGreaterThan(100);
    }

    private static final Comparator<Box> ORDER = Comparator.comparingInt(Box::left)
            .thenComparingInt(Box::top)
            .thenComparingInt(Box::right)
            .thenComparingInt(Box::bottom);

    /** Lines up and down, so that a digit of several is likely. */
    private static GreyImage strokes(Random random) {
        float[] values = new float[SIDE * SIDE];
        int count = 3 + random.nextInt(20);
        for (int i = 0; i < count; i++) {
            int left = random.nextInt(SIDE - 12);
            int top = random.nextInt(SIDE - 22);
            int width = 1 + random.nextInt(10);
            int height = 1 + random.nextInt(20);
            for (int y = top; y < top + height; y++) {
                for (int x = left; x < left + width; x++) {
                    values[y * SIDE + x] = 255;
                }
            }
        }
        return new GreyImage(SIDE, SIDE, values);
    }

    private static List<Box> slow(List<Component> components) {
        int highest = components.stream()
                .mapToInt(component -> component.box().height())
                .max()
                .orElse(0);
        List<Box> digits = new ArrayList<>();
        List<Box> small = new ArrayList<>();
        components.forEach(
                component -> (component.box().height() >= 0.4 * highest ? digits : small).add(component.box()));
        for (int i = 0; i < digits.size(); i++) {
            Box digit = digits.remove(i);
            if (join(digit, digits, 0.1 * highest)) {
                i = -1;
            } else {
                digits.add(i, digit);
            }
        }
        small.forEach(box -> join(box, digits, 0.3 * highest));
        digits.sort(ORDER);
        return digits;
    }

    private static boolean join(Box a, List<Box> digits, double gap) {
        for (int i = 0; i < digits.size(); i++) {
            Box b = digits.get(i);
            int shared = Math.min(a.right(), b.right()) - Math.max(a.left(), b.left());
            int between = Math.max(a.top(), b.top()) - Math.min(a.bottom(), b.bottom());
            if (shared >= 0.5 * Math.min(a.width(), b.width()) && between <= gap) {
                digits.set(i, b.with(a));
                return true;
            }
        }
        return false;
    }
}
