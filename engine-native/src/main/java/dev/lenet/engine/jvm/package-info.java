/**
 * The engine in plain Java. A network is compiled into a {@link dev.lenet.engine.jvm.Plan} of fused stages, whose
 * kernels work on rows of up to sixteen interleaved images.
 */
@NullMarked
package dev.lenet.engine.jvm;

import org.jspecify.annotations.NullMarked;
