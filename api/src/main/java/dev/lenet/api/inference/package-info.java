/** Whether an answer is to be trusted: how sure the model is, and how strange the picture. */
@NullMarked
package dev.lenet.api.inference;

import org.jspecify.annotations.NullMarked;
