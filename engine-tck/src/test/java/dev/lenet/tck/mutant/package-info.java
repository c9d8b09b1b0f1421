/** Engines with one planted defect each, and the proof that the contract finds it. */
@NullMarked
package dev.lenet.tck.mutant;

import org.jspecify.annotations.NullMarked;
