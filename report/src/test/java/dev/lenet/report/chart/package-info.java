/** Tests of charts and letters. */
@NullMarked
package dev.lenet.app.chart;

import org.jspecify.annotations.NullMarked;
