/**
 * What a trained model says: of one image ({@link dev.lenet.api.inference.Classifier}), of a data set ({@link
 * dev.lenet.api.inference.Predictions}), layer by layer ({@link dev.lenet.api.inference.Activations}), and on two engines
 * ({@link dev.lenet.api.inference.EngineComparison}).
 */
@NullMarked
package dev.lenet.api.inference;

import org.jspecify.annotations.NullMarked;
