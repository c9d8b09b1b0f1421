/** The command line: options, output and exit codes. What the commands do is in {@code dev.lenet.app.run}. */
@NullMarked
package dev.lenet.app.command;

import org.jspecify.annotations.NullMarked;
