package dev.lenet.report;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The section on what is needed to repeat the run. */
record ManifestView(Map<String, String> facts, @Nullable String settings) {
    static ManifestView of(ReportData data) {
        return new ManifestView(data.facts(), data.settings());
    }
}
