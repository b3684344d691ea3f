package org.cnnzoo.eval;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a network is as often right as it says: images by how sure it was of its answer.
 *
 * <p>{@value #BINS} bins of equal width over the confidence, the greatest softmax probability: bin
 * {@code i} holds those in {@code (i/15, (i+1)/15]}, as in Guo et al., On Calibration of Modern
 * Neural Networks (2017), and a confidence that is no number is in the first bin, as 0.
 *
 * @param bins all of them, empty ones included
 * @see <a href="https://arxiv.org/abs/1706.04599">the paper, section 2</a>
 */
public record Calibration(@JsonValue List<Bin> bins) {
    /** How many bins there are. */
    public static final int BINS = 15;

    public Calibration {
        bins = List.copyOf(bins);
    }

    /**
     * A bin; without images its two means are 0.
     *
     * @param from confidences above it
     * @param to and up to it
     * @param images how many are in it
     * @param confidence their mean confidence, 0..1
     * @param accuracy the share of them that is right, 0..1
     */
    public record Bin(double from, double to, long images, double confidence, double accuracy) {}

    /**
     * The expected calibration error: the mean over all images of the distance between their bin's
     * accuracy and its confidence, 0..1. 0 is best.
     */
    public double error() {
        long images = bins.stream().mapToLong(Bin::images).sum();
        double sum = 0;
        for (Bin bin : bins) {
            sum += bin.images() * Math.abs(bin.accuracy() - bin.confidence());
        }
        return images == 0 ? 0 : sum / images;
    }

    /** What fills the bins, image by image. */
    static final class Counts {
        private final long[] images = new long[BINS];
        private final long[] right = new long[BINS];
        private final double[] confidence = new double[BINS];

        void add(double sure, boolean isRight) {
            double known = Double.isNaN(sure) ? 0 : sure;
            int bin = Math.max(0, Math.min(BINS - 1, (int) Math.ceil(known * BINS) - 1));
            images[bin]++;
            right[bin] += isRight ? 1 : 0;
            confidence[bin] += known;
        }

        Calibration calibration() {
            List<Bin> bins = new ArrayList<>();
            for (int i = 0; i < BINS; i++) {
                double many = Math.max(1, images[i]);
                bins.add(
                        new Bin(
                                (double) i / BINS,
                                (double) (i + 1) / BINS,
                                images[i],
                                confidence[i] / many,
                                right[i] / many));
            }
            return new Calibration(bins);
        }
    }
}
