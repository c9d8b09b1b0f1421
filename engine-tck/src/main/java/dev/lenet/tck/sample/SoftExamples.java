package dev.lenet.tck.sample;

import dev.lenet.api.RandomStream;

/** Labelled noise with soft labels that favour other classes than the label, among them probabilities of 0. */
public final class SoftExamples extends OtherExamples {
    private final RandomStream softLabels;

    public SoftExamples(RandomExamples base) {
        super(base);
        this.softLabels = RandomStream.of(base.seed(), "soft labels");
    }

    @Override
    public void readSoftLabel(int row, float[] target, int offset) {
        RandomStream draws = softLabels.substream(row);
        double[] shares = new double[classes()];
        double sum = 0;
        for (int k = 0; k < shares.length; k++) {
            boolean next = k == (label(row) + 1) % shares.length;
            // The class after the label has some of it in any case, so that there is something to divide by.
            boolean none = k == label(row) || (!next && draws.uniform(2L * k) < 0.3);
            shares[k] = none ? 0 : 0.1 + draws.uniform(2L * k + 1);
            sum += shares[k];
        }
        for (int k = 0; k < shares.length; k++) {
            target[offset + k] = (float) (shares[k] / sum);
        }
    }
}
