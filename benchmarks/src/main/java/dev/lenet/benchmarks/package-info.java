/** Measurements that are not part of the product: engines side by side, and with JMH. */
@NullMarked
package dev.lenet.benchmarks;

import org.jspecify.annotations.NullMarked;
