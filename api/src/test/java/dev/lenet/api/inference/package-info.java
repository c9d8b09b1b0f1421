@NullMarked
package dev.lenet.api.inference;

import org.jspecify.annotations.NullMarked;
