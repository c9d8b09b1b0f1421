/** Model files: safetensors by the book, read strictly and written atomically. */
@NullMarked
package dev.lenet.api.checkpoint;

import org.jspecify.annotations.NullMarked;
