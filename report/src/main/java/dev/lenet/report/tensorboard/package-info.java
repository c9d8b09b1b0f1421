/** Event files for TensorBoard, written without TensorFlow: how a training run goes, as curves, histograms and images. */
@NullMarked
package dev.lenet.report.tensorboard;

import org.jspecify.annotations.NullMarked;
