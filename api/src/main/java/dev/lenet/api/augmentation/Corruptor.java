package dev.lenet.api.augmentation;

import dev.lenet.api.RandomStream;
import dev.lenet.api.Shape;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.data.ImageRows;

/** Corrupts the images of a data set one after the other. */
final class Corruptor {
    private final ImageRows images;
    private final int height;
    private final int width;
    private final Plane plane;
    private final int channels;
    private final ImageWarp warp;
    private final byte[] pixels;

    Corruptor(ImageRows images) {
        Shape shape = images.exampleShape();
        this.images = images;
        this.channels = shape.dimension(0);
        this.height = shape.dimension(1);
        this.width = shape.dimension(2);
        this.plane = new Plane(height, width);
        this.warp = new ImageWarp(Shape.of(1, height, width), 0, Augmentation.NONE);
        this.pixels = new byte[images.size() * shape.size()];
    }

    /** Every channel of an image gets the same. */
    ImageDataset corrupt(Corruption kind, RandomStream stream) {
        byte[] labels = new byte[images.size()];
        int area = plane.pixels.length;
        for (int row = 0; row < labels.length; row++) {
            labels[row] = (byte) images.label(row);
            for (int channel = 0; channel < channels; channel++) {
                for (int i = 0; i < area; i++) {
                    plane.pixels[i] = images.images().pixel(images.imageRow(row), channel * area + i) / 255f;
                }
                apply(kind, new Draws(stream.substream(row), 0));
                plane.clip();
                for (int i = 0; i < area; i++) {
                    pixels[(row * channels + channel) * area + i] = (byte) Math.round(255 * plane.pixels[i]);
                }
            }
        }
        return new ImageDataset(
                images.exampleShape(),
                pixels,
                labels,
                images.classes(),
                images.images().normalization());
    }

    private void apply(Corruption kind, Draws draws) {
        switch (kind) {
            case SHOT_NOISE -> Degradation.shotNoise(plane, draws);
            case SALT_AND_PEPPER -> Degradation.saltAndPepper(plane, draws);
            case FROSTED_GLASS -> Degradation.frostedGlass(plane, draws);
            case JOLT -> Degradation.jolt(plane, draws);
            case SLANT -> move(new Distortion(0, 0, 0, 1, 1, sign(draws) * 0.4));
            case SHRINKING -> move(new Distortion(0, 0, 0, 0.7, 0.7, 0));
            case ROTATION -> move(new Distortion(0, 0, sign(draws) * 23, 1, 1, 0));
            case TRANSLATION -> move(new Distortion(sign(draws) * 3, sign(draws) * 3, 0, 1, 1, 0));
            case BRIGHTNESS -> brighten(0.5f);
            case INVERTED_MARGINS -> invertMargins();
            case FOG -> Degradation.fog(plane, draws);
            case SPATTER -> Degradation.spatter(plane, draws);
            case DASHED_LINE -> Lines.dashed(plane, draws);
            case ZIGZAG -> Lines.zigzag(plane, draws);
            case OUTLINES -> EdgeDetector.detect(plane);
        }
    }

    private static int sign(Draws draws) {
        return draws.chance(0.5f) ? 1 : -1;
    }

    private void move(Distortion distortion) {
        System.arraycopy(plane.pixels, 0, warp.image(), 0, plane.pixels.length);
        warp.write(distortion, RandomStream.of(0, "none"), plane.pixels, 0);
    }

    private void brighten(float tone) {
        for (int i = 0; i < plane.pixels.length; i++) {
            plane.pixels[i] += tone;
        }
    }

    private void invertMargins() {
        for (int i = 0; i < plane.pixels.length; i++) {
            int x = i % width;
            if (x < width / 4 || x >= width - width / 4) {
                plane.pixels[i] = 1 - plane.pixels[i];
            }
        }
    }
}
