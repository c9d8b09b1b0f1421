package dev.lenet.vision;

import dev.lenet.vision.Components.Component;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
    record Segment(Box box, List<Integer> components) {
        Segment and(Segment other) {
            List<Integer> both = new ArrayList<>(components);
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
            (high ? digits : small).add(new Segment(component.box(), List.of(component.index())));
        }
        joinAll(digits, CLOSE * highest);
        for (Segment component : small) {
            int digit = partner(component, digits, 0, digits.size(), NEAR * highest);
            if (digit >= 0) {
                digits.set(digit, digits.get(digit).and(component));
            }
        }
        return lines(digits);
    }

    /** Joins what belongs together until nothing does. */
    private static void joinAll(List<Segment> digits, double gap) {
        int i = 0;
        while (i < digits.size()) {
            int other = partner(digits.get(i), digits, i + 1, digits.size(), gap);
            if (other < 0) {
                i++;
                continue;
            }
            // Those before belonged to none as they were: now at most to the joined one.
            int before = i;
            while (before >= 0) {
                digits.set(other, digits.get(other).and(digits.get(before)));
                digits.remove(before);
                i = before < i ? i - 1 : i;
                other--;
                before = partner(digits.get(other), digits, 0, i, gap);
            }
        }
    }

    /** The first from one place up to another that lies above or below a segment, or -1. */
    private static int partner(Segment segment, List<Segment> digits, int from, int to, double gap) {
        for (int i = from; i < to; i++) {
            if (belong(segment.box(), digits.get(i).box(), gap)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean belong(Box a, Box b, double gap) {
        int shared = Math.min(a.right(), b.right()) - Math.max(a.left(), b.left());
        int between = Math.max(a.top(), b.top()) - Math.min(a.bottom(), b.bottom());
        return shared >= SHARED * Math.min(a.width(), b.width()) && between <= gap;
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
