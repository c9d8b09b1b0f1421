package dev.lenet.app.serve;

import dev.lenet.app.config.Resource;
import dev.lenet.interop.WebPage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The files of the page, by their paths. There are these and no others: no path leads to a file of the machine. */
final class Page {
    private static final String HTML = "text/html; charset=utf-8";
    private static final String CSS = "text/css; charset=utf-8";
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String SVG = "image/svg+xml";

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("index.html", HTML),
            Map.entry("style.css", CSS),
            Map.entry("icon.svg", SVG),
            Map.entry("app.js", SCRIPT),
            Map.entry("tabs.js", SCRIPT),
            Map.entry("pad.js", SCRIPT),
            Map.entry("reader.js", SCRIPT),
            Map.entry("upload.js", SCRIPT),
            Map.entry("engines.js", SCRIPT),
            Map.entry("probabilities.js", SCRIPT),
            Map.entry("pixels.js", SCRIPT),
            Map.entry("features.js", SCRIPT),
            Map.entry("live.js", SCRIPT),
            Map.entry("events.js", SCRIPT),
            Map.entry("worker.js", SCRIPT),
            Map.entry("chart.js", SCRIPT),
            Map.entry("server.js", SCRIPT));

    /** What this page has in common with the one that is a file by itself: where one draws, the answer, the look. */
    private static final Set<String> SHARED =
            Set.of("style.css", "icon.svg", "pad.js", "probabilities.js", "pixels.js");

    private Page() {}

    /** What to answer, by path; {@code /} is the page. */
    static Map<String, Reply> files() {
        Map<String, Reply> files = new LinkedHashMap<>();
        TYPES.forEach((name, type) -> files.put("/" + name, Reply.file(type, bytes(name))));
        files.put("/", Objects.requireNonNull(files.remove("/index.html")));
        return files;
    }

    private static byte[] bytes(String name) {
        return SHARED.contains(name) ? Resource.bytes(WebPage.class, "page/" + name) : Resource.bytes(Page.class, name);
    }
}
