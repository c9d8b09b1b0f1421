package dev.lenet.api.data;

import dev.lenet.api.Argument;
import dev.lenet.api.DatasetException;

/**
 * How pixels become inputs: {@code x = (pixel / 255 - mean) / std}.
 *
 * @param mean of the training pixels after division by 255
 * @param std their standard deviation, above 0
 */
public record Normalization(double mean, double std) {

    public Normalization {
        Argument.check(
                Double.isFinite(mean) && Double.isFinite(std) && std > 0,
                "Normalization",
                "a finite mean and a std above 0",
                "mean " + mean + " and std " + std,
                "For raw pixels in [0, 1] use mean 0 and std 1.");
    }

    /**
     * By the mean and standard deviation of all pixels of these images: inputs of mean 0 and deviation 1. They follow from
     * how often each of the 256 values occurs, in whatever order.
     *
     * @throws DatasetException if all pixels are the same, or there are none
     */
    public static Normalization of(ImageDataset images) {
        long[] counts = images.pixelCounts();
        long count = 0;
        long sum = 0;
        for (int pixel = 0; pixel < counts.length; pixel++) {
            count += counts[pixel];
            sum += pixel * counts[pixel];
        }
        double mean = (double) sum / count;
        double squares = 0;
        for (int pixel = 0; pixel < counts.length; pixel++) {
            squares += counts[pixel] * (pixel - mean) * (pixel - mean);
        }
        if (count == 0 || squares == 0) {
            throw new DatasetException("Normalization: expected images with pixels of more than one value, received "
                    + images.size() + " images" + (count == 0 ? "" : " whose pixels are all " + sum / count)
                    + ". Check the images, or give a mean and a std.");
        }
        return new Normalization(mean / 255, Math.sqrt(squares / count) / 255);
    }

    /** The input value of each of the 256 pixel values, computed in double precision and rounded once. */
    public float[] table() {
        float[] table = new float[256];
        for (int pixel = 0; pixel < table.length; pixel++) {
            table[pixel] = (float) ((pixel / 255.0 - mean) / std);
        }
        return table;
    }
}
