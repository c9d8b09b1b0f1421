/** Tests of what the commands do, where a run of the program could not show it. */
@NullMarked
package dev.lenet.app.usecase;

import org.jspecify.annotations.NullMarked;
