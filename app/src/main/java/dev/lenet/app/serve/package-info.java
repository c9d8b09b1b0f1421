/** The page of {@code serve}: a server for this machine alone, and what it answers. The page itself is among the resources. */
@NullMarked
package dev.lenet.app.serve;

import org.jspecify.annotations.NullMarked;
