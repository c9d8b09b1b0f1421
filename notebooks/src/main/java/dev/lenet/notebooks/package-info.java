/** The pictures that the notebooks show, drawn by plain Java and shown by the kernel as PNG, which every viewer can. */
@NullMarked
package dev.lenet.notebooks;

import org.jspecify.annotations.NullMarked;
