/** Shapes, seeded random streams and the exceptions: what every other package stands on. */
@NullMarked
package dev.lenet.api;

import org.jspecify.annotations.NullMarked;
