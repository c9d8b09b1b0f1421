/** What an engine is: the interfaces to implement, and the data that crosses them. */
@NullMarked
package dev.lenet.api.engine;

import org.jspecify.annotations.NullMarked;
