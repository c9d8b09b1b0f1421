package dev.lenet.api.data;

import dev.lenet.api.ConfigException;

/**
 * How pixels become inputs: {@code x = (pixel / 255 - mean) / std}.
 *
 * @param mean of the training pixels after division by 255
 * @param std their standard deviation, above 0
 */
public record Normalization(double mean, double std) {

    public Normalization {
        if (!Double.isFinite(mean) || !Double.isFinite(std) || std <= 0) {
            throw new ConfigException("Normalization: expected a finite mean and a std above 0, received mean " + mean
                    + " and std " + std + ". For raw pixels in [0, 1] use mean 0 and std 1.");
        }
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
