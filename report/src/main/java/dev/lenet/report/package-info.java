/** What a run or a model is worth, as a page to read and as pictures to show. */
@NullMarked
package dev.lenet.report;

import org.jspecify.annotations.NullMarked;
