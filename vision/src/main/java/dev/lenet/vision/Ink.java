package dev.lenet.vision;

import dev.lenet.vision.Components.Component;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Tells ink from paper: what was written becomes light on black, whatever colour, light and shadow it had. */
final class Ink {
    /** Between ink and background, of 255. A pencil on white paper has about 80, the noise of a photo 10. */
    static final float LEAST_CONTRAST = 20;

    /** Where ink is fully white: this share of it may be lighter still. */
    private static final double SATURATED = 0.1;

    /** A component is a speck if it has less than this share of the heaviest component's ink. */
    private static final double SPECK = 0.02;

    /** Ink that touches no edge is what was written if it is at least this share of the heaviest component that does. */
    private static final double INSIDE = 0.1;

    /** How far a stroke stands out from the background is a share of the lighter of the two; but in the dark all is noise. */
    private static final float DARK = 64;

    private Ink() {}

    /** Ink white, paper 0 whatever its grey, specks of dust gone; null if there is no ink. */
    static @Nullable GreyImage of(GreyImage picture) {
        Background background = Background.of(picture);
        GreyImage written = written(picture, background);
        Threshold threshold = Threshold.of(written);
        if (isBlank(threshold) || isBlank(Threshold.of(written(picture, background.continued(picture))))) {
            return null;
        }
        Components components = Components.of(above(threshold, written));
        GreyImage inside = inside(components);
        if (inside != null) {
            return inside;
        }
        // All runs off the picture, as the lines of ruled paper do. A pen is darker than they are.
        inside = inside(Components.of(above(Threshold.of(written, threshold.value()), written)));
        // Or a digit is cut off by the edge.
        return inside != null ? inside : withoutSpecks(components);
    }

    private static boolean isBlank(Threshold threshold) {
        return threshold.quantileAbove(1 - SATURATED) - threshold.meanBelow() < LEAST_CONTRAST;
    }

    private static GreyImage above(Threshold threshold, GreyImage written) {
        float paper = threshold.meanBelow();
        float full = threshold.quantileAbove(1 - SATURATED);
        // Halfway from the paper to the threshold is still paper with its grain; what is above keeps its proportion,
        // so that the smooth edge of a stroke stays smooth.
        float grain = (paper + threshold.value()) / 2;
        float[] ink = new float[written.values().length];
        for (int i = 0; i < ink.length; i++) {
            float value = written.values()[i];
            ink[i] = value <= grain ? 0 : Math.min(255, 255 * (value - paper) / (full - paper));
        }
        return new GreyImage(written.width(), written.height(), ink);
    }

    /** Without what comes in from the edge of the picture: the corner of a shadow, a thumb, the table; null if that is all. */
    private static @Nullable GreyImage inside(Components components) {
        Predicate<Component> inside = component -> !components.touchesEdge(component);
        double heaviest = components.heaviest(inside);
        return heaviest == 0 || heaviest < INSIDE * components.heaviest(component -> true)
                ? null
                : components.only(inside.and(component -> component.mass() >= SPECK * heaviest));
    }

    private static @Nullable GreyImage withoutSpecks(Components components) {
        double heaviest = components.heaviest(component -> true);
        return heaviest == 0 ? null : components.only(component -> component.mass() >= SPECK * heaviest);
    }

    /** How far each pixel stands out from the background. */
    private static GreyImage written(GreyImage picture, Background background) {
        GreyImage behind = background.coarse().stretchedTo(picture.width(), picture.height());
        float[] values = new float[picture.values().length];
        for (int i = 0; i < values.length; i++) {
            float paper = behind.values()[i];
            float grey = picture.values()[i];
            float apart = background.inkIsDark() ? paper - grey : grey - paper;
            values[i] = Math.max(0, 255 * apart / Math.max(DARK, Math.max(paper, grey)));
        }
        return new GreyImage(picture.width(), picture.height(), values);
    }
}
