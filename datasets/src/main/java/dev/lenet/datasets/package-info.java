/** The files of a data set: found, checked, and fetched where the user allows it. */
@NullMarked
package dev.lenet.datasets;

import org.jspecify.annotations.NullMarked;
