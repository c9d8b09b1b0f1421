/** From a picture of a digit, drawn, scanned or photographed, to the 28x28 image that MNIST would have of it. */
@NullMarked
package dev.lenet.vision;

import org.jspecify.annotations.NullMarked;
