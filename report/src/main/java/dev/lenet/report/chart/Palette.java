package dev.lenet.report.chart;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Fewer colours for drawings: with a palette a PNG takes a third of the bytes. */
final class Palette {
    private static final int MOST_COLORS = 256;

    private Palette() {}

    /**
     * The picture with its most frequent colours, and for the others, edges of letters and the like, the nearest of these.
     *
     * @param image of {@link BufferedImage#TYPE_INT_RGB}
     */
    static BufferedImage reduced(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        int[] pixels = (int[]) image.getRaster().getDataElements(0, 0, width, height, null);
        Map<Integer, Integer> counts = counts(pixels);
        int[] palette = counts.entrySet().stream()
                .sorted(Map.Entry.<Integer, Integer>comparingByValue().reversed())
                .limit(MOST_COLORS)
                .mapToInt(Map.Entry::getKey)
                .toArray();
        Map<Integer, Byte> places = new HashMap<>();
        counts.keySet().forEach(color -> places.put(color, (byte) nearest(color, palette)));
        byte[] indices = new byte[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            indices[i] =
                    i > 0 && pixels[i] == pixels[i - 1] ? indices[i - 1] : places.getOrDefault(pixels[i], (byte) 0);
        }
        IndexColorModel model = new IndexColorModel(8, palette.length, palette, 0, false, -1, DataBuffer.TYPE_BYTE);
        BufferedImage reduced = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, model);
        reduced.getRaster().setDataElements(0, 0, width, height, indices);
        return reduced;
    }

    /** How often each colour occurs, in the order of the first time. Drawings have long runs of one colour. */
    private static Map<Integer, Integer> counts(int[] pixels) {
        Map<Integer, Integer> counts = new LinkedHashMap<>();
        int from = 0;
        for (int i = 1; i <= pixels.length; i++) {
            if (i == pixels.length || pixels[i] != pixels[from]) {
                counts.merge(pixels[from], i - from, Integer::sum);
                from = i;
            }
        }
        return counts;
    }

    private static int nearest(int color, int[] palette) {
        int best = 0;
        for (int i = 1; i < palette.length; i++) {
            if (distance(color, palette[i]) < distance(color, palette[best])) {
                best = i;
            }
        }
        return best;
    }

    private static int distance(int a, int b) {
        int sum = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            int difference = (a >> shift & 0xFF) - (b >> shift & 0xFF);
            sum += difference * difference;
        }
        return sum;
    }
}
