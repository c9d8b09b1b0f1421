/**
 * Charts of trainings and models, as PNG for a file or a notebook and as SVG for a page:
 *
 * <pre>{@code
 * Curve loss = new Curve("training").add(1, 0.33).add(2, 0.07).add(3, 0.03);
 * Files.write(Path.of("loss.png"), new LineChart("epoch", "loss").marked(loss).counted().png());
 * }</pre>
 *
 * <p>A {@link dev.lenet.report.chart.Chart} is a {@link dev.lenet.report.chart.LineChart}, a
 * {@link dev.lenet.report.chart.ConfusionMatrix}, a {@link dev.lenet.report.chart.ReliabilityDiagram}, an
 * {@link dev.lenet.report.chart.ImageGrid} or {@link dev.lenet.report.chart.FeatureMaps}. Text is drawn as outlines that come
 * with the library, so that pictures need no font of the machine.
 */
@NullMarked
package dev.lenet.report.chart;

import org.jspecify.annotations.NullMarked;
