/** What runs keep: their directories, and the records that the files in them are. */
@NullMarked
package dev.lenet.app.storage;

import org.jspecify.annotations.NullMarked;
