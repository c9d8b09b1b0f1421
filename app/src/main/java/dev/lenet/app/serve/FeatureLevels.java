package dev.lenet.app.serve;

import java.util.Base64;

/**
 * What one layer puts out for one image.
 *
 * @param most the largest absolute value
 * @param levels {@code 127 * value / most}, rounded, a byte each, in Base64; all 0 if every value is
 */
record FeatureLevels(float most, String levels) {

    static FeatureLevels of(float[] values) {
        float most = 0;
        for (float value : values) {
            most = Math.max(most, Math.abs(value));
        }
        byte[] levels = new byte[values.length];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = most == 0 ? 0 : (byte) Math.round(Byte.MAX_VALUE * values[i] / most);
        }
        return new FeatureLevels(most, Base64.getEncoder().encodeToString(levels));
    }
}
