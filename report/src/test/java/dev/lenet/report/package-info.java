/** Tests of what a report is made of. */
@NullMarked
package dev.lenet.report;

import org.jspecify.annotations.NullMarked;
