/**
 * What the commands do: train, evaluate, predict, compare, report, serve. What a use case has to tell goes to its listener, so
 * that another program can run it.
 */
@NullMarked
package dev.lenet.app.usecase;

import org.jspecify.annotations.NullMarked;
