package dev.lenet.benchmarks;

/** Something that runs LeNet-5, as {@link SideBySide} asks for it. Inputs and outputs lie on the Java heap. */
interface Contestant extends AutoCloseable {

    /** Images a step of training. */
    int BATCH_SIZE = 32;

    /** Images at once where many are predicted; as many as the program's {@code evaluate} takes. */
    int PREDICTION_BATCH_SIZE = 250;

    /** What computes, in one line. */
    String detail();

    /** Whether it can train at all. */
    boolean trains();

    /**
     * Goes on training with all training images, in an order of their own for each epoch, with Adam.
     *
     * @return the seconds that the steps took
     */
    double trainEpoch(int epoch);

    /** The logits of all test images, ten each. */
    float[] predictAll();

    /** The ten logits of one image of 784 normalised pixels. */
    float[] predictOne(float[] image);

    @Override
    void close();
}
