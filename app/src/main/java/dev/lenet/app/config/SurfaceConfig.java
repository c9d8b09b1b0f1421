package dev.lenet.app.config;

import dev.lenet.api.augmentation.Augmentation;
import dev.lenet.api.augmentation.SurfaceEffect;

/** What happens to the surface of training images, see {@link SurfaceEffect}: each effect's probability and strength. */
public record SurfaceConfig(
        @Declaration(initial = "0.0", least = 0, most = 1, text = """
                Probability of thicker or thinner strokes, {range}.""")
        double thickness,

        @Declaration(initial = "1.0", least = 0.01, most = 1, text = "The largest change, {range}.")
        double thicknessStrength,

        @Declaration(initial = "0.0", least = 0, most = 1, text = """
                Probability of outlines in place of strokes, {range}.""")
        double edges,

        @Declaration(initial = "1.0", least = 0.01, most = 1, text = """
                How much of the image they replace at most, {range}; half of that at least.""")
        double edgesStrength,

        @Declaration(initial = "0.0", least = 0, most = 1, text = """
                Probability of one or two curves across the image, {range}.""")
        double scribble,

        @Declaration(
                initial = "1.0",
                least = 0.01,
                most = 1,
                text = "How wide they are at most, {range}: 1 is 3 pixels.")
        double scribbleStrength,

        @Declaration(initial = "0.0", least = 0, most = 1, text = """
                Probability of one or two bands or rectangles, inverted, of another tone or covered, {range}.""")
        double bands,

        @Declaration(
                initial = "1.0",
                least = 0.01,
                most = 1,
                text = "How wide they are at most, {range}: 1 is 18 pixels.")
        double bandsStrength,

        @Declaration(initial = "0.0", least = 0, most = 1, text = """
                Probability of paper that is not black and ink that is not white, {range}.""")
        double tone,

        @Declaration(initial = "1.0", least = 0.01, most = 1, text = """
                How far they move together at most, {range}: 1 is paper of 60 % of the ink.""")
        double toneStrength,

        @Declaration(initial = "0.0", least = 0, most = 1, text = "Probability of a smooth veil or shadow, {range}.")
        double shadow,

        @Declaration(initial = "1.0", least = 0.01, most = 1, text = """
                How strong it is at most, {range}: 1 is three times the ink, which leaves a quarter of the contrast.""")
        double shadowStrength,

        @Declaration(initial = "0.0", least = 0, most = 1, text = "Probability of a round blur, {range}.")
        double blur,

        @Declaration(initial = "1.0", least = 0.01, most = 1, text = """
                How wide it is at most, {range}: 1 is a standard deviation of 1.6 pixels.""")
        double blurStrength,

        @Declaration(initial = "0.0", least = 0, most = 1, text = "Probability of a blur in one direction, {range}.")
        double motion,

        @Declaration(initial = "1.0", least = 0.01, most = 1, text = "How long it is at most, {range}: 1 is 7 pixels.")
        double motionStrength,

        @Declaration(initial = "0.0", least = 0, most = 1, text = """
                Probability of Gaussian noise, on all pixels or on the ink, {range}.""")
        double noise,

        @Declaration(initial = "1.0", least = 0.01, most = 1, text = """
                How strong it is at most, {range}: 1 is a standard deviation of 30 % of the ink.""")
        double noiseStrength,

        @Declaration(initial = "0.0", least = 0, most = 1, text = "Probability of black and white specks, {range}.")
        double specks,

        @Declaration(initial = "1.0", least = 0.01, most = 1, text = """
                How much of the image they cover at most, {range}: 1 is 25 %.""")
        double specksStrength) {

    /** That geometry with these effects. */
    Augmentation addTo(Augmentation geometry) {
        return geometry.with(SurfaceEffect.THICKNESS, thickness, thicknessStrength)
                .with(SurfaceEffect.EDGES, edges, edgesStrength)
                .with(SurfaceEffect.SCRIBBLE, scribble, scribbleStrength)
                .with(SurfaceEffect.BANDS, bands, bandsStrength)
                .with(SurfaceEffect.TONE, tone, toneStrength)
                .with(SurfaceEffect.SHADOW, shadow, shadowStrength)
                .with(SurfaceEffect.BLUR, blur, blurStrength)
                .with(SurfaceEffect.MOTION, motion, motionStrength)
                .with(SurfaceEffect.NOISE, noise, noiseStrength)
                .with(SurfaceEffect.SPECKS, specks, specksStrength);
    }
}
