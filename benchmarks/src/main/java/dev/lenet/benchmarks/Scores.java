package dev.lenet.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * A contestant and what was measured of it, round by round.
 *
 * @param name for people
 * @param kind and
 * @param contestant what {@link ContestantProgram} takes
 * @param flags of its JVM
 * @param epochs in seconds
 * @param imagesPerSecond of predictions in batches
 * @param p50 median of a round's predictions of one image, in microseconds
 * @param p99 their 99th percentile, in microseconds
 */
record Scores(
        String name,
        String kind,
        String contestant,
        List<String> flags,
        ContestantJvm jvm,
        List<Double> epochs,
        List<Double> imagesPerSecond,
        List<Double> p50,
        List<Double> p99,
        List<AppRun> appRuns) {

    /** Nothing measured yet. */
    Scores(String name, String kind, String contestant, List<String> flags, ContestantJvm jvm) {
        this(
                name,
                kind,
                contestant,
                flags,
                jvm,
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>());
    }

    /** Whether the program can be started with it. */
    boolean isEngine() {
        return kind.equals("engine");
    }

    /** Adds a measurement, unless its round was one of warm-up. */
    void keep(boolean counts, List<Double> values, double value) {
        if (counts) {
            values.add(value);
        }
    }
}
