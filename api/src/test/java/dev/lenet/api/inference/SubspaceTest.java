package dev.lenet.api.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SubspaceTest {
    private static final int WIDTH = 12;

    /** A step of a byte is a 127th of the largest component: what is left of a vector that is held. */
    private static final double ROUNDING = 0.02;

    private final Random random = new Random(1);
    private final Subspace subspace = Subspace.of(features(500));

    /** In the plane of two directions that are not at right angles, and hardly outside of it. */
    private float[][] features(int count) {
        float[][] features = new float[count][];
        for (int i = 0; i < count; i++) {
            features[i] = inPlane(random.nextFloat(), 0.5f * random.nextFloat());
        }
        return features;
    }

    private static float[] inPlane(float a, float b) {
        float[] values = new float[WIDTH];
        for (int i = 0; i < WIDTH; i++) {
            values[i] = a * (i % 3) + b * (i % 4);
        }
        return values;
    }

    @Test
    void holdsWhatItWasMadeOf() {
        assertThat(subspace.residual(inPlane(1, 0))).isLessThan(ROUNDING);
        assertThat(subspace.residual(inPlane(0.1f, 1))).isLessThan(ROUNDING);
        assertThat(subspace.residual(inPlane(1, -1))).isLessThan(ROUNDING);
    }

    @Test
    void holdsNothingOfWhatIsAtRightAnglesToIt() {
        float[] first = inPlane(1, 0);
        float[] second = inPlane(0, 1);
        takeOut(first, second);
        float[] across = new float[WIDTH];
        across[7] = 1;
        takeOut(first, across);
        takeOut(second, across);

        // The directions beyond the plane are those of rounding, and hold some of everything.
        Subspace plane = new Subspace(WIDTH, subspace.scale(), Arrays.copyOf(subspace.directions(), 2 * WIDTH));
        assertThat(plane.residual(across)).isCloseTo(1, within(ROUNDING));
        assertThat(plane.residual(inPlane(1, -1))).isLessThan(ROUNDING);
    }

    private static void takeOut(float[] direction, float[] from) {
        double product = 0;
        double length = 0;
        for (int i = 0; i < WIDTH; i++) {
            product += (double) from[i] * direction[i];
            length += (double) direction[i] * direction[i];
        }
        for (int i = 0; i < WIDTH; i++) {
            from[i] -= (float) (product / length * direction[i]);
        }
    }

    @Test
    void doesNotAskHowLongAVectorIs() {
        float[] some = inPlane(1, 0.3f);
        some[4] += 2;
        float[] longer = some.clone();
        for (int i = 0; i < WIDTH; i++) {
            longer[i] *= 8;
        }

        assertThat(subspace.residual(longer)).isEqualTo(subspace.residual(some)).isPositive();
        assertThat(subspace.residual(new float[WIDTH])).isEqualTo(1);
    }
}
