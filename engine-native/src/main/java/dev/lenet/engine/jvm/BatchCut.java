package dev.lenet.engine.jvm;

/**
 * How a batch is cut into blocks. That depends on nothing but its size, so the sums of a step have one order.
 *
 * <p>Full blocks come in pairs, for two threads; what is left, up to 31 images, makes two blocks of half of them. So a batch
 * of 8 is two blocks of 4, and one of 40 is two blocks of 16 and two of 4.
 */
final class BatchCut {
    private static final int PAIR = 2 * Activation.LANES;

    private BatchCut() {}

    /** How many blocks there are. */
    static int blocks(int images) {
        return images / PAIR * 2 + Math.min(images % PAIR, 2);
    }

    /** The first image of a block, or of the one behind the last: the number of images. */
    static int first(int images, int block) {
        int full = images / PAIR * 2;
        if (block <= full) {
            return block * Activation.LANES;
        }
        int rest = images % PAIR;
        return full * Activation.LANES + (block == full + 1 ? (rest + 1) / 2 : rest);
    }

    /** How many images a block has. */
    static int size(int images, int block) {
        return first(images, block + 1) - first(images, block);
    }

    /** Whether there is a block of so many images. */
    static boolean contains(int images, int size) {
        int rest = images % PAIR;
        return (size == Activation.LANES && images >= PAIR)
                || (rest > 0 && (size == (rest + 1) / 2 || size == rest / 2));
    }
}
