package dev.lenet.vision;

import dev.lenet.vision.Components.Component;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which components of ink make up which digit, in reading order: lines from top to bottom, each from left to right.
 *
 * <p>Components above each other are one digit, as the bar of a five and its bow are. Small ones that belong to no digit
 * are left out: dots, dashes, dust. Digits that touch are one component, and stay one.
 */
final class Segments {
    /** A component is a digit of its own, or most of one, if it is at least this part as high as the highest. */
    private static final double HIGH = 0.4;

    /** Components are above each other if they share this part of the narrower one's width. */
    private static final double SHARED = 0.5;

    /** In heights of the highest component: how far off a small component still belongs to a digit. */
    private static final double NEAR = 0.3;

    /** In the same: how far apart two halves of a digit are at most. Lines of writing are farther. */
    private static final double CLOSE = 0.1;

    /** The components of a digit. */
    record Segment(Box box, Set<Integer> components) {
        Segment and(Segment other) {
            Set<Integer> both = new HashSet<>(components);
            both.addAll(other.components);
            return new Segment(box.with(other.box), both);
        }
    }

    private Segments() {}

    /** Each line with at least a segment. */
    static List<List<Segment>> of(Components components) {
        int highest = components.all().stream()
                .mapToInt(component -> component.box().height())
                .max()
                .orElse(0);
        List<Segment> digits = new ArrayList<>();
        List<Segment> small = new ArrayList<>();
        for (Component component : components.all()) {
            boolean high = component.box().height() >= HIGH * highest;
            (high ? digits : small).add(new Segment(component.box(), Set.of(component.index())));
        }
        joinAll(digits, CLOSE * highest);
        for (Segment component : small) {
            join(component, digits, NEAR * highest);
        }
        return lines(digits);
    }

    /** Joins what belongs together until nothing does. */
    private static void joinAll(List<Segment> digits, double gap) {
        for (int i = 0; i < digits.size(); i++) {
            Segment digit = digits.remove(i);
            if (join(digit, digits, gap)) {
                i = -1;
            } else {
                digits.add(i, digit);
            }
        }
    }

    /** Adds a component to the digit above or below which it lies. */
    private static boolean join(Segment component, List<Segment> digits, double gap) {
        for (int i = 0; i < digits.size(); i++) {
            Box a = component.box();
            Box b = digits.get(i).box();
            int shared = Math.min(a.right(), b.right()) - Math.max(a.left(), b.left());
            int between = Math.max(a.top(), b.top()) - Math.min(a.bottom(), b.bottom());
            if (shared >= SHARED * Math.min(a.width(), b.width()) && between <= gap) {
                digits.set(i, digits.get(i).and(component));
                return true;
            }
        }
        return false;
    }

    private static List<List<Segment>> lines(List<Segment> digits) {
        digits.sort(
                Comparator.comparingInt(digit -> digit.box().top() + digit.box().bottom()));
        List<List<Segment>> lines = new ArrayList<>();
        @Nullable Box last = null;
        for (Segment digit : digits) {
            Box box = digit.box();
            if (last != null && shareHeight(box, last)) {
                lines.get(lines.size() - 1).add(digit);
                last = last.with(box);
            } else {
                lines.add(new ArrayList<>(List.of(digit)));
                last = box;
            }
        }
        lines.forEach(line -> line.sort(Comparator.comparingInt(
                digit -> digit.box().left() + digit.box().right())));
        return lines;
    }

    /** Whether they share half of the height of the lower one: hands go up and down. */
    private static boolean shareHeight(Box a, Box b) {
        int shared = Math.min(a.bottom(), b.bottom()) - Math.max(a.top(), b.top());
        return 2 * shared >= Math.min(a.height(), b.height());
    }
}
