package dev.lenet.report;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The report as one page that needs nothing else: no network, no script, no font. Its markup is in {@code src/main/jte}; the build
 * makes Java of it, which escapes every text. The page is well-formed XML too.
 */
final class ReportPage {
    /** Where the build puts the classes of the templates: with the views, so that those need not be public. */
    private static final String PACKAGE = ReportPage.class.getPackageName();

    private ReportPage() {}

    static String of(ReportData data) {
        TemplateEngine templates =
                TemplateEngine.createPrecompiled(null, ContentType.Html, ReportPage.class.getClassLoader(), PACKAGE);
        StringOutput page = new StringOutput();
        templates.render("page.jte", PageView.of(data, style()), page);
        return allowed(page.toString());
    }

    /** Characters that XML forbids become U+FFFD; half of a surrogate pair could not even be encoded. */
    private static String allowed(String page) {
        StringBuilder allowed = new StringBuilder(page.length());
        page.codePoints().forEach(c -> allowed.appendCodePoint(isAllowed(c) ? c : 0xFFFD));
        return allowed.toString();
    }

    private static boolean isAllowed(int c) {
        return c == '\n' || c == '\t' || (c >= 0x20 && c <= 0xD7FF) || (c >= 0xE000 && c <= 0xFFFD) || c >= 0x10000;
    }

    private static String style() {
        try (@Nullable InputStream in = ReportPage.class.getResourceAsStream("report.css")) {
            if (in == null) {
                throw new IllegalStateException("the program was packaged without report.css");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
