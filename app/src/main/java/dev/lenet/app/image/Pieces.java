package dev.lenet.app.image;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The separate pieces of ink in a picture: pixels above 0 that touch, also at their corners.
 *
 * <p>One speck of dust far from the digit would otherwise widen its bounding box, and shrink the digit.
 */
final class Pieces {
    private final int width;
    private final int height;
    private final float[] ink;
    private final int[] pieceOf;
    private final int[] stack;

    private Pieces(int width, int height, float[] ink) {
        this.width = width;
        this.height = height;
        this.ink = ink;
        this.pieceOf = new int[ink.length];
        this.stack = new int[ink.length];
        Arrays.fill(pieceOf, -1);
    }

    /** Sets the ink of every piece to 0 that has less than that share of the ink of the largest. */
    static void removeSmall(int width, int height, float[] ink, double share) {
        Pieces pieces = new Pieces(width, height, ink);
        List<Double> sums = new ArrayList<>();
        double largest = 0;
        for (int i = 0; i < ink.length; i++) {
            if (ink[i] > 0 && pieces.pieceOf[i] < 0) {
                double sum = pieces.fill(i, sums.size());
                sums.add(sum);
                largest = Math.max(largest, sum);
            }
        }
        for (int i = 0; i < ink.length; i++) {
            if (pieces.pieceOf[i] >= 0 && sums.get(pieces.pieceOf[i]) < share * largest) {
                ink[i] = 0;
            }
        }
    }

    /** Marks the piece around a pixel, and returns the sum of its ink. */
    private double fill(int start, int piece) {
        double sum = 0;
        int depth = 0;
        stack[depth++] = start;
        pieceOf[start] = piece;
        while (depth > 0) {
            int pixel = stack[--depth];
            sum += ink[pixel];
            int x = pixel % width;
            int y = pixel / width;
            for (int v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
                for (int u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
                    int neighbour = v * width + u;
                    if (ink[neighbour] > 0 && pieceOf[neighbour] < 0) {
                        // Marked when pushed: each pixel is on the stack at most once.
                        pieceOf[neighbour] = piece;
                        stack[depth++] = neighbour;
                    }
                }
            }
        }
        return sum;
    }
}
