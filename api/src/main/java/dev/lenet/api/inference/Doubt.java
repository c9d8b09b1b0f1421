package dev.lenet.api.inference;

import org.jspecify.annotations.Nullable;

/** When an answer is doubtful. What the limits catch, and how they were chosen, is in docs/pictures.md. */
public final class Doubt {
    /** What is less likely than this is doubtful. */
    public static final double SURE = 0.8;

    /** What is stranger than this is doubtful: stranger than 99 of 100 training images. */
    public static final double STRANGE = 1;

    private Doubt() {}

    /**
     * @param probability of the likeliest class
     * @param novelty of the image; null where the model cannot tell
     */
    public static boolean of(double probability, @Nullable Double novelty) {
        return probability < SURE || isStrange(novelty);
    }

    /** Whether an image is unlike those that the model learnt from. */
    public static boolean isStrange(@Nullable Double novelty) {
        return novelty != null && novelty > STRANGE;
    }
}
