/** A plain and correct engine made of the oracle: what mutants are bred from. */
@NullMarked
package dev.lenet.tck.reference;

import org.jspecify.annotations.NullMarked;
