/** The command line: LeNet-5 on MNIST, on whichever engine is chosen. */
@NullMarked
package dev.lenet.app;

import org.jspecify.annotations.NullMarked;
