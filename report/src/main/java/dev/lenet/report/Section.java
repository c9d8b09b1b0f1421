package dev.lenet.report;

/** A part of the page. */
interface Section {
    /** Of its place in the page, for links. */
    String id();

    /** As short as a link. */
    String heading();

    /** Everything under the heading. */
    void write(Html html, ReportData data);
}
