/** What shows the charts of module report in a notebook. */
@NullMarked
package dev.lenet.notebooks;

import org.jspecify.annotations.NullMarked;
