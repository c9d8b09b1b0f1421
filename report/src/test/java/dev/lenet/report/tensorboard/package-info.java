/** Tests of the event files for TensorBoard. */
@NullMarked
package dev.lenet.app.tensorboard;

import org.jspecify.annotations.NullMarked;
