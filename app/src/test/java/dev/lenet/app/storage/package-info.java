@NullMarked
package dev.lenet.app.storage;

import org.jspecify.annotations.NullMarked;
