package dev.lenet.app.image;

import dev.lenet.app.image.Pieces.Piece;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Tells ink from paper: what was written becomes light on black, whatever colour, light and shadow it had. */
final class Ink {
    /** Between ink and background, of 255. A pencil on white paper has about 80, the noise of a photo 10. */
    static final float LEAST_CONTRAST = 20;

    /** Where ink is fully white: this share of it may be lighter still. */
    private static final double SATURATED = 0.1;

    /** A separate piece of ink is a speck if it has less than this share of the largest piece's. */
    private static final double SPECK = 0.02;

    /** Ink that touches no edge is what was written if it is at least this share of the heaviest piece that does. */
    private static final double INSIDE = 0.1;

    /** How much darker than the ground a stroke is, is a share of the light there; but in the dark all is noise. */
    private static final float DARKEST_GROUND = 64;

    private Ink() {}

    /** Ink white, paper 0 whatever its grey, specks of dust gone; null if there is no ink. */
    static @Nullable GreyImage of(GreyImage picture) {
        GreyImage written = written(picture);
        Threshold threshold = Threshold.of(written);
        float paper = threshold.meanBelow();
        float full = threshold.quantileAbove(1 - SATURATED);
        if (full - paper < LEAST_CONTRAST) {
            return null;
        }
        // Halfway from the paper to the threshold is still paper with its grain; what is above keeps its proportion,
        // so that the smooth edge of a stroke stays smooth.
        float grain = (paper + threshold.value()) / 2;
        float[] ink = new float[written.values().length];
        for (int i = 0; i < ink.length; i++) {
            float value = written.values()[i];
            ink[i] = value <= grain ? 0 : Math.min(255, 255 * (value - paper) / (full - paper));
        }
        return withoutDirt(new GreyImage(written.width(), written.height(), ink));
    }

    /** Without specks, and without what comes in from the edge of the picture: the corner of a shadow, a thumb, the table. */
    private static @Nullable GreyImage withoutDirt(GreyImage ink) {
        Pieces pieces = Pieces.of(ink);
        Predicate<Piece> inside = piece -> !piece.box().touchesEdgeOf(ink);
        double heaviestInside = pieces.heaviest(inside);
        double heaviest = pieces.heaviest(piece -> true);
        if (heaviest == 0) {
            return null;
        }
        // A digit may be cut off by the edge, and then what is inside is specks.
        return heaviestInside < INSIDE * heaviest
                ? pieces.only(piece -> piece.mass() >= SPECK * heaviest)
                : pieces.only(inside.and(piece -> piece.mass() >= SPECK * heaviestInside));
    }

    /** How far each pixel stands out from the ground. */
    private static GreyImage written(GreyImage picture) {
        Ground ground = Ground.of(picture);
        boolean dark = ground.inkIsDark();
        GreyImage behind = ground.coarse().stretchedTo(picture.width(), picture.height());
        float[] values = new float[picture.values().length];
        for (int i = 0; i < values.length; i++) {
            float paper = behind.values()[i];
            float apart = dark ? paper - picture.values()[i] : picture.values()[i] - paper;
            values[i] = Math.max(0, dark ? 255 * apart / Math.max(DARKEST_GROUND, paper) : apart);
        }
        return new GreyImage(picture.width(), picture.height(), values);
    }
}
