@NullMarked
package dev.lenet.app.doubt;

import org.jspecify.annotations.NullMarked;
