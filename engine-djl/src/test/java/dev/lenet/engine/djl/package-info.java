@NullMarked
package dev.lenet.engine.djl;

import org.jspecify.annotations.NullMarked;
