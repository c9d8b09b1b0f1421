package dev.lenet.api.augmentation;

import dev.lenet.api.RandomStream;
import dev.lenet.api.Shape;
import java.util.Map;

/** Applies the effects on the surface to one image after the other. Memory for one thread. */
final class Surface {
    /** Where the streams of the effects begin; those of the geometry and of the elastic distortion are below. */
    private static final long STREAMS = 1L << 32;

    private final SurfaceEffect[] effects;
    private final Chance[] chances;
    /** Of the current image: what each effect draws from, and whether it happens. */
    private final RandomStream[] streams;

    private final boolean[] happens;
    private final int channels;
    private final Plane plane;
    /** The value of paper, and the distance from it to ink, in the images' normalisation. */
    private final float paper;

    private final float contrast;

    /** @param paper the value of a tone of 0; {@code ink} is that of 1 */
    Surface(Shape shape, float paper, float ink, Map<SurfaceEffect, Chance> surface) {
        this.effects = surface.keySet().toArray(new SurfaceEffect[0]);
        this.chances = surface.values().toArray(new Chance[0]);
        this.streams = new RandomStream[effects.length];
        this.happens = new boolean[effects.length];
        this.channels = shape.dimension(0);
        this.plane = new Plane(shape.dimension(1), shape.dimension(2));
        this.paper = paper;
        this.contrast = ink - paper;
    }

    /** Changes the image at {@code target[offset ...]}, row-major {@code [C, H, W]}; all channels get the same. */
    void apply(RandomStream image, float[] target, int offset) {
        int hits = 0;
        for (int i = 0; i < effects.length; i++) {
            streams[i] = image.substream(STREAMS + effects[i].stream());
            happens[i] = streams[i].uniform(0) < chances[i].probability();
            hits += happens[i] ? 1 : 0;
        }
        if (hits == 0) {
            return;
        }
        for (int channel = 0; channel < channels; channel++) {
            int start = offset + channel * plane.height * plane.width;
            read(target, start);
            for (int i = 0; i < effects.length; i++) {
                if (happens[i]) {
                    apply(effects[i], (float) chances[i].strength(), new Draws(streams[i], 1));
                }
            }
            write(target, start);
        }
    }

    private void apply(SurfaceEffect effect, float strength, Draws draws) {
        switch (effect) {
            case THICKNESS -> Strokes.thickness(plane, strength, draws);
            case EDGES -> Strokes.edges(plane, strength, draws);
            case SCRIBBLE -> Shapes.scribble(plane, strength, draws);
            case BANDS -> Shapes.bands(plane, strength, draws);
            case TONE -> Light.tone(plane, strength, draws);
            case SHADOW -> Light.shadow(plane, strength, draws);
            case BLUR -> Lens.blur(plane, strength, draws);
            case MOTION -> Lens.motion(plane, strength, draws);
            case NOISE -> Noise.gaussian(plane, strength, draws);
            case SPECKS -> Noise.specks(plane, strength, draws);
        }
    }

    private void read(float[] source, int start) {
        float perContrast = 1 / contrast;
        float[] pixels = plane.pixels;
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = Math.min(1, Math.max(0, (source[start + i] - paper) * perContrast));
        }
    }

    private void write(float[] target, int start) {
        float[] pixels = plane.pixels;
        for (int i = 0; i < pixels.length; i++) {
            target[start + i] = paper + contrast * pixels[i];
        }
    }
}
