package dev.lenet.api.augmentation;

import dev.lenet.api.Argument;

/**
 * How often and how much an effect happens.
 *
 * @param probability that an image gets it at all, 0 to 1
 * @param strength the largest that it can be, above 0 and up to 1; each image draws its own up to that
 */
public record Chance(double probability, double strength) {

    public Chance {
        Argument.checkFinite(
                probability >= 0 && probability <= 1,
                "Augmentation",
                "a probability from 0 to 1",
                probability,
                "Use 0 for never.");
        Argument.checkFinite(
                strength > 0 && strength <= 1,
                "Augmentation",
                "a strength above 0 and up to 1",
                strength,
                "Use a probability of 0 for no effect.");
    }
}
