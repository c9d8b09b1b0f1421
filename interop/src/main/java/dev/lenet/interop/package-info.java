/** Models for other programs, and models from them. No engine and no other library needed. */
@NullMarked
package dev.lenet.interop;

import org.jspecify.annotations.NullMarked;
