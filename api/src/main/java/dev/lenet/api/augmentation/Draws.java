package dev.lenet.api.augmentation;

import dev.lenet.api.RandomStream;

/** The numbers of a stream one after the other, from an index on. */
final class Draws {
    private final RandomStream stream;
    private long index;

    /** @param index of the first */
    Draws(RandomStream stream, long index) {
        this.stream = stream;
        this.index = index;
    }

    /** 64 random bits. */
    long bits() {
        return stream.bits(index++);
    }

    /** In [0, 1). */
    float uniform() {
        return stream.uniform(index++);
    }

    /** In [from, to). */
    float between(float from, float to) {
        return from + (to - from) * uniform();
    }

    /** 0 to {@code count - 1}. */
    int below(int count) {
        return (int) (uniform() * count);
    }

    /** With that probability. */
    boolean chance(float probability) {
        return uniform() < probability;
    }
}
