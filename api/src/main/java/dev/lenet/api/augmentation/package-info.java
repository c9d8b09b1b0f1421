/** Images as training and tests meet them: moved, turned and stretched, each anew in each epoch, and all by a seed. */
@NullMarked
package dev.lenet.api.augmentation;

import org.jspecify.annotations.NullMarked;
