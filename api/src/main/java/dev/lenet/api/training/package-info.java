/** The one training loop, its listeners, and the evaluation of a model. */
@NullMarked
package dev.lenet.api.training;

import org.jspecify.annotations.NullMarked;
