/** Tests of charts and letters. */
@NullMarked
package dev.lenet.report.chart;

import org.jspecify.annotations.NullMarked;
