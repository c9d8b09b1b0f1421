/**
 * Every layer, loss and optimizer as plain loops in double precision, each result with the distance that float32
 * arithmetic may be from it.
 */
@NullMarked
package dev.lenet.tck.oracle;

import org.jspecify.annotations.NullMarked;
