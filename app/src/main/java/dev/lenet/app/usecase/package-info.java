/** What the commands do: train, evaluate, predict. */
@NullMarked
package dev.lenet.app.run;

import org.jspecify.annotations.NullMarked;
