/** Makes photos of digits and of other things, and measures how {@code predict} reads them. */
@NullMarked
package dev.lenet.app.photo;

import org.jspecify.annotations.NullMarked;
