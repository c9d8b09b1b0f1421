package dev.lenet.vision;

import org.jspecify.annotations.Nullable;

/**
 * What of a picture file its decoder has to see, and how to turn what it makes of it.
 *
 * <p>Comments, texts, profiles of colour, previews and everything else are left out. They cannot change a shade of grey by
 * much, but can be damaged, be bombs, or make a decoder refuse a good picture.
 *
 * @param essence what the decoder reads
 * @param excess why decoding it would take too much time or memory, whatever its width and height; null if it would not
 */
record PictureParts(
        Pieces essence,
        ExifOrientation orientation,
        @Nullable String excess) {}
