/** Charts, drawn once and shown twice: as SVG in a page, and as pixels in a PNG that needs no font of the machine. */
@NullMarked
package dev.lenet.report.chart;

import org.jspecify.annotations.NullMarked;
