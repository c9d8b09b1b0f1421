/**
 * Data sets of small grey images: MNIST, Fashion-MNIST, and the user's own, EMNIST's files among them. They are found,
 * fetched where that is allowed, checked and read.
 *
 * <p>{@link dev.lenet.datasets.DatasetKind} says what is known of a data set, {@link dev.lenet.datasets.DatasetFinder}
 * finds it, and {@link dev.lenet.datasets.ImageSource} gives its images and the names of its classes.
 * {@link dev.lenet.datasets.IdxPair} reads any two files that belong together.
 */
@NullMarked
package dev.lenet.datasets;

import org.jspecify.annotations.NullMarked;
