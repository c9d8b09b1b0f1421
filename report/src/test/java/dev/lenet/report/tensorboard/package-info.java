/** Tests of the event files for TensorBoard. */
@NullMarked
package dev.lenet.report.tensorboard;

import org.jspecify.annotations.NullMarked;
