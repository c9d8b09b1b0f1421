/** Data sets of labelled examples, and batches that name rows of them. */
@NullMarked
package dev.lenet.api.data;

import org.jspecify.annotations.NullMarked;
