@NullMarked
package dev.lenet.app.console;

import org.jspecify.annotations.NullMarked;
