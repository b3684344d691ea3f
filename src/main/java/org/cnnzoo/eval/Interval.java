package org.cnnzoo.eval;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;

/**
 * Where a share lies, given that of a sample; as JSON {@code [low, high]}.
 *
 * @param low 0..1
 * @param high 0..1
 */
public record Interval(double low, double high) {
    /** The normal distribution's quantile at 97.5 %. */
    private static final double Z = 1.959963984540054;

    /**
     * Wilson's score interval at 95 %: unlike the usual {@code p +- 1.96 s} it never leaves 0..1
     * and has a width at 0 and 1.
     *
     * @param share of the sample, 0..1
     * @param images in the sample, 1 or more
     * @see <a href="https://doi.org/10.1080/01621459.1927.10502953">Wilson, 1927</a>
     */
    public static Interval wilson(double share, long images) {
        double square = Z * Z / images;
        double centre = (share + square / 2) / (1 + square);
        double half =
                Z / (1 + square) * Math.sqrt(share * (1 - share) / images + square / (4 * images));
        return new Interval(Math.max(0, centre - half), Math.min(1, centre + half));
    }

    /** Both ends. */
    @JsonValue
    List<Double> ends() {
        return List.of(low, high);
    }
}
