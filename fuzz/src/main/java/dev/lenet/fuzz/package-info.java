/**
 * Readers of untrusted bytes, each as a target of Jazzer: a class with a method {@code fuzzerTestOneInput(byte[])} that returns
 * or throws. What a reader documents is caught here; whatever else comes out is a finding.
 */
@NullMarked
package dev.lenet.fuzz;

import org.jspecify.annotations.NullMarked;
