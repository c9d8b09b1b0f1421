package dev.lenet.api.augmentation;

import dev.lenet.api.Argument;
import dev.lenet.api.RandomStream;
import dev.lenet.api.Shape;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.data.ImageRows;

/**
 * Made-up images of no class, so that a network which learns digits learns as well what is none: letters,
 * scribbles, shapes, textures and noise, two digits in one place, mosaics of digits. A network that is to be equally unsure of all
 * classes for these ("entropic open-set loss": Dhamija, Günther and Boult, "Reducing network agnostophobia", NeurIPS 2018; "outlier
 * exposure": Hendrycks, Mazeika and Dietterich, ICLR 2019) has small logits for others of their kind.
 *
 * <p>Everything is drawn by a seed, in strict arithmetic: the same images on every JVM. No font is needed.
 */
public final class Outliers {
    private static final int KINDS = 11;

    private final ImageRows digits;
    private final int height;
    private final int width;
    private final Plane plane;

    private Outliers(ImageRows digits) {
        Shape shape = digits.exampleShape();
        Argument.check(shape.dimension(0) == 1, "Outliers", "images of one channel", shape, "Use grey images.");
        this.digits = digits;
        this.height = shape.dimension(1);
        this.width = shape.dimension(2);
        this.plane = new Plane(height, width);
    }

    /**
     * Images with outliers behind them.
     *
     * @param digits of one channel, at least two
     * @param count of outliers
     * @return first the digits in their order, then the outliers, whose labels mean nothing
     * @throws IllegalArgumentException if the images have more channels than one
     */
    public static ImageDataset after(ImageRows digits, int count, long seed) {
        Argument.check(count >= 0, "Outliers", "a count of at least 0", count, "Use 0 for none.");
        return new Outliers(digits).append(count, RandomStream.of(seed, "outliers"));
    }

    private ImageDataset append(int count, RandomStream stream) {
        int size = digits.size();
        int area = height * width;
        byte[] pixels = new byte[(size + count) * area];
        byte[] labels = new byte[size + count];
        for (int row = 0; row < size; row++) {
            labels[row] = (byte) digits.label(row);
            int image = digits.imageRow(row);
            for (int i = 0; i < area; i++) {
                pixels[row * area + i] = (byte) digits.images().pixel(image, i);
            }
        }
        for (int row = size; row < size + count; row++) {
            plane.clear();
            draw(new Draws(stream.substream(row - size), 0));
            plane.clip();
            for (int i = 0; i < area; i++) {
                pixels[row * area + i] = (byte) Math.round(255 * plane.pixels[i]);
            }
        }
        return new ImageDataset(
                digits.exampleShape(),
                pixels,
                labels,
                digits.classes(),
                digits.images().normalization());
    }

    private void draw(Draws draws) {
        Doodles doodles = new Doodles(plane, draws);
        switch (draws.below(KINDS)) {
            case 0, 1, 2 -> doodles.letter();
            case 3 -> doodles.scribble();
            case 4 -> doodles.solids();
            case 5 -> doodles.outlines();
            case 6 -> doodles.texture();
            case 7, 8 -> doodles.marksInside();
            case 9 -> pair(draws);
            default -> mosaic(draws);
        }
    }

    /** Two digits of different classes side by side, or one over the other. */
    private void pair(Draws draws) {
        int first = draws.below(digits.size());
        int second = other(first, draws);
        int apart = draws.chance(0.5f) ? 0 : Math.round(draws.between(0.2f, 0.36f) * width);
        boolean across = draws.chance(0.7f);
        add(first, across ? -apart : 0, across ? 0 : -apart);
        add(second, across ? apart : 0, across ? 0 : apart);
    }

    private int other(int first, Draws draws) {
        int row = draws.below(digits.size());
        for (int tries = 0; tries < 100 && digits.label(row) == digits.label(first); tries++) {
            row = (row + 1) % digits.size();
        }
        return row;
    }

    private void add(int row, int right, int down) {
        int image = digits.imageRow(row);
        for (int y = Math.max(0, down); y < Math.min(height, height + down); y++) {
            for (int x = Math.max(0, right); x < Math.min(width, width + right); x++) {
                float tone = digits.images().pixel(image, (y - down) * width + x - right) / 255f;
                plane.pixels[y * width + x] = Math.max(plane.pixels[y * width + x], tone);
            }
        }
    }

    /** Quarters of four digits, each in another place than in its own image. */
    private void mosaic(Draws draws) {
        int turn = 1 + draws.below(3);
        for (int quarter = 0; quarter < 4; quarter++) {
            int image = digits.imageRow(draws.below(digits.size()));
            int from = (quarter + turn) % 4;
            for (int i = 0; i < height / 2 * (width / 2); i++) {
                int y = i / (width / 2);
                int x = i % (width / 2);
                int to = (y + quarter / 2 * (height / 2)) * width + x + quarter % 2 * (width / 2);
                int source = (y + from / 2 * (height / 2)) * width + x + from % 2 * (width / 2);
                plane.pixels[to] = digits.images().pixel(image, source) / 255f;
            }
        }
    }
}
