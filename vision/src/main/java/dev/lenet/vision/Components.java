package dev.lenet.vision;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** The separate pieces of ink in a picture: pixels above 0 that touch, also at their corners. */
final class Pieces {
    /**
     * A piece.
     *
     * @param mass the sum of its ink
     */
    record Piece(int index, Box box, double mass) {}

    private final GreyImage ink;
    private final int[] pieceOf;
    private final int[] stack;
    private final List<Piece> all = new ArrayList<>();

    private Pieces(GreyImage ink) {
        this.ink = ink;
        this.pieceOf = new int[ink.values().length];
        this.stack = new int[ink.values().length];
    }

    static Pieces of(GreyImage ink) {
        Pieces pieces = new Pieces(ink);
        Arrays.fill(pieces.pieceOf, -1);
        for (int i = 0; i < pieces.pieceOf.length; i++) {
            if (ink.values()[i] > 0 && pieces.pieceOf[i] < 0) {
                pieces.all.add(pieces.fill(i));
            }
        }
        return pieces;
    }

    List<Piece> all() {
        return all;
    }

    /** Whether a piece reaches an edge of the picture. */
    boolean touchesEdge(Piece piece) {
        Box box = piece.box();
        return box.left() == 0 || box.top() == 0 || box.right() == ink.width() || box.bottom() == ink.height();
    }

    /** The mass of the heaviest of those; 0 if there is none. */
    double heaviest(Predicate<Piece> which) {
        return all.stream().filter(which).mapToDouble(Piece::mass).max().orElse(0);
    }

    /** The ink of those pieces alone. */
    GreyImage only(Predicate<Piece> which) {
        boolean[] kept = new boolean[all.size()];
        for (Piece piece : all) {
            kept[piece.index()] = which.test(piece);
        }
        float[] values = new float[pieceOf.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = pieceOf[i] >= 0 && kept[pieceOf[i]] ? ink.values()[i] : 0;
        }
        return new GreyImage(ink.width(), ink.height(), values);
    }

    /** Marks the piece around a pixel. */
    private Piece fill(int start) {
        int width = ink.width();
        int height = ink.height();
        int index = all.size();
        Box box = new Box(width, height, 0, 0);
        double mass = 0;
        int depth = 0;
        stack[depth++] = start;
        pieceOf[start] = index;
        while (depth > 0) {
            int pixel = stack[--depth];
            mass += ink.values()[pixel];
            int x = pixel % width;
            int y = pixel / width;
            box = box.with(x, y);
            for (int v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
                for (int u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
                    int neighbour = v * width + u;
                    if (ink.values()[neighbour] > 0 && pieceOf[neighbour] < 0) {
                        // Marked when pushed: each pixel is on the stack at most once.
                        pieceOf[neighbour] = index;
                        stack[depth++] = neighbour;
                    }
                }
            }
        }
        return new Piece(index, box, mass);
    }
}
