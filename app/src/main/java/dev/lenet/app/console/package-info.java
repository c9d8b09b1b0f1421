/** The terminal: what use cases tell, for people and, with {@code --json}, for programs. */
@NullMarked
package dev.lenet.app.console;

import org.jspecify.annotations.NullMarked;
