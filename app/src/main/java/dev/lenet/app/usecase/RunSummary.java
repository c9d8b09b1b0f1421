package dev.lenet.app.usecase;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run in one row.
 *
 * @param started in ISO 8601; empty if its manifest does not tell
 * @param status of its manifest, or {@code damaged}
 * @param epochs that have ended
 * @param validation accuracy of the epoch that was best by it, from 0 to 1; null if no images were set aside
 * @param test accuracy, from 0 to 1; null before its end
 * @param changed settings that differ from the defaults, by key
 * @param bytes of all its files
 */
public record RunSummary(
        String name,
        String started,
        String status,
        String dataset,
        String network,
        String engine,
        int epochs,
        @Nullable Double validation,
        @Nullable Double test,
        Map<String, String> changed,
        long bytes) {}
