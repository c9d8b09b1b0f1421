/** Model files: safetensors by the book, read strictly and written atomically. */
@NullMarked
package dev.lenet.api.model;

import org.jspecify.annotations.NullMarked;
