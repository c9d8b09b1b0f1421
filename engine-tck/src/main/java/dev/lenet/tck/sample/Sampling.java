package dev.lenet.tck.sample;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Which of many similar cases a run of the contract looks at. All of them prove an engine. With {@code
 * -Dlenet.tests=sample} it looks at some, always the same ones: for builds that are made often.
 */
public final class Sampling {
    /** The system property: {@code all}, which need not be said, or {@code sample}. */
    public static final String PROPERTY = "lenet.tests";

    /** One in so many. */
    private static final int STRIDE = 4;

    private Sampling() {}

    /** All cases, or one in four, among them the first and the last. */
    public static <T> List<T> of(List<T> cases) {
        if (!asked()) {
            return cases;
        }
        int last = cases.size() - 1;
        return IntStream.rangeClosed(0, last)
                .filter(i -> i % STRIDE == 0 || i == last)
                .mapToObj(cases::get)
                .toList();
    }

    private static boolean asked() {
        String extent = System.getProperty(PROPERTY, "all");
        return switch (extent) {
            case "all" -> false;
            case "sample" -> true;
            default ->
                throw new IllegalArgumentException(
                        "System property " + PROPERTY + ": expected all or sample, received " + extent);
        };
    }
}
