package dev.lenet.report;

import org.jspecify.annotations.Nullable;

/** What one has to know to repeat the run. */
final class ManifestSection implements Section {
    @Override
    public String id() {
        return "manifest";
    }

    @Override
    public String heading() {
        return "Manifest";
    }

    @Override
    public void write(Html html, ReportData data) {
        html.open("div", "class", "scroll").open("table", "class", "facts").open("tbody");
        data.facts().forEach((name, value) -> html.open("tr")
                .leaf("th", name, "scope", "row")
                .leaf("td", value)
                .close());
        html.close().close().close();
        @Nullable String settings = data.settings();
        if (settings != null) {
            html.open("details")
                    .leaf("summary", "Every setting (config.yaml)")
                    .leaf("pre", settings)
                    .close();
        }
    }
}
