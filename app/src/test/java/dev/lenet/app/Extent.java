package dev.lenet.app;

/** How much the tests do: a sample, or everything, with {@code -Dlenet.tests=all}. */
public final class Extent {
    public static final boolean ALL = "all".equals(System.getProperty("lenet.tests"));

    private Extent() {}

    /** The first of all, the second of a sample. */
    public static int of(int all, int sample) {
        return ALL ? all : sample;
    }
}
