package dev.lenet.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * A contestant and what was measured of it, round by round.
 *
 * @param name for people
 * @param engine that the program can be started with; empty if it is none of this framework's
 * @param flags of its JVM; empty if it has none
 * @param epochs in seconds
 * @param imagesPerSecond of predictions in batches
 * @param p50 median of a round's predictions of one image, in microseconds
 * @param p99 their 99th percentile, in microseconds
 */
record Scores(
        String name,
        String engine,
        List<String> flags,
        ContestantProcess process,
        List<Double> epochs,
        List<Double> imagesPerSecond,
        List<Double> p50,
        List<Double> p99,
        List<AppRun> appRuns) {

    /** Nothing measured yet. */
    Scores(String name, String engine, List<String> flags, ContestantProcess process) {
        this(
                name,
                engine,
                flags,
                process,
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>());
    }

    /** Whether the program can be started with it. */
    boolean isEngine() {
        return !engine.isEmpty();
    }

    /** Adds a measurement, unless its round was one of warm-up. */
    void keep(boolean counts, List<Double> values, double value) {
        if (counts) {
            values.add(value);
        }
    }
}
