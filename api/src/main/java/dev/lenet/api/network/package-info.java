/** Networks described as data: layers, inferred shapes, named parameters. No engine needed. */
@NullMarked
package dev.lenet.api.network;

import org.jspecify.annotations.NullMarked;
