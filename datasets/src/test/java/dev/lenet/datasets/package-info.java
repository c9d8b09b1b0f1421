/** Tests of finding, checking and fetching the files of a data set. */
@NullMarked
package dev.lenet.datasets;

import org.jspecify.annotations.NullMarked;
