/** Networks and data sets for tests, all drawn from seeds. */
@NullMarked
package dev.lenet.tck.sample;

import org.jspecify.annotations.NullMarked;
