/**
 * Event files for TensorBoard, written without TensorFlow: a {@link dev.lenet.report.tensorboard.TensorBoardListener} writes a
 * training run as it goes, as curves, histograms and images:
 *
 * <pre>{@code
 * try (TensorBoardListener board =
 *         new TensorBoardListener(EventFile.create(Path.of("logs/run1"), Clock.systemUTC()), model::weights)) {
 *     new TrainingLoop(engine, settings).run(model, training, validation, board);
 * }
 * }</pre>
 */
@NullMarked
package dev.lenet.report.tensorboard;

import org.jspecify.annotations.NullMarked;
