package org.cnnzoo.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.cnnzoo.spec.Where;
import org.junit.jupiter.api.Test;

/**
 * Strategies on functions whose least value is known (Dixon and Szegö, 1978): how far the best of
 * 60 trials is from it, over 20 seeds.
 */
class KnownFunctionsTest {
    private static final int TRIALS = 60;
    private static final int SEEDS = 20;
    private static final double BRANIN_LEAST = 0.397887;
    private static final double HARTMANN_LEAST = -3.32237;

    private static final double[][] A = {
        {10, 3, 17, 3.5, 1.7, 8}, {0.05, 10, 17, 0.1, 8, 14},
        {3, 3.5, 1.7, 10, 17, 8}, {17, 8, 0.05, 10, 0.1, 14}
    };
    private static final double[][] P = {
        {0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886},
        {0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991},
        {0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650},
        {0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381}
    };
    private static final double[] ALPHA = {1.0, 1.2, 3.0, 3.2};

    private static double branin(double[] x) {
        double curve = x[1] - 5.1 / (4 * Math.PI * Math.PI) * x[0] * x[0] + 5 / Math.PI * x[0] - 6;
        return curve * curve + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x[0]) + 10;
    }

    private static double hartmann(double[] x) {
        double sum = 0;
        for (int i = 0; i < 4; i++) {
            double inner = 0;
            for (int j = 0; j < 6; j++) {
                inner += A[i][j] * (x[j] - P[i][j]) * (x[j] - P[i][j]);
            }
            sum -= ALPHA[i] * Math.exp(-inner);
        }
        return sum;
    }

    private static Space space(double[]... ranges) {
        return new Space(
                IntStream.range(0, ranges.length)
                        .mapToObj(
                                i ->
                                        new Parameter(
                                                "x" + i,
                                                new Domain.Real(
                                                        ranges[i][0], ranges[i][1], false, 0),
                                                List.of(),
                                                Where.flag("test")))
                        .toList());
    }

    private static final Space BRANIN = space(new double[] {-5, 10}, new double[] {0, 15});
    private static final Space HARTMANN =
            space(
                    IntStream.range(0, 6)
                            .mapToObj(i -> new double[] {0, 1})
                            .toArray(double[][]::new));

    private static double best(
            Strategy strategy, Space space, ToDoubleFunction<double[]> function, long seed) {
        List<Seen> history = new ArrayList<>();
        double best = Double.POSITIVE_INFINITY;
        for (int i = 0; i < TRIALS; i++) {
            Draw draw = new Draw(seed, i + 1, i, TRIALS, 0);
            Point point = strategy.next(space, draw, history).orElseThrow();
            double value =
                    function.applyAsDouble(
                            point.values().values().stream()
                                    .mapToDouble(v -> (Double) v)
                                    .toArray());
            history.add(new Seen(point, OptionalDouble.of(value), 1, true));
            best = Math.min(best, value);
        }
        return best;
    }

    /** How far from the least value, one figure a seed. */
    private static double[] regrets(
            Strategy strategy, Space space, ToDoubleFunction<double[]> function, double least) {
        return IntStream.rangeClosed(1, SEEDS)
                .mapToDouble(seed -> best(strategy, space, function, seed) - least)
                .toArray();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return (sorted[SEEDS / 2 - 1] + sorted[SEEDS / 2]) / 2;
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static long wins(double[] one, double[] other) {
        return IntStream.range(0, SEEDS).filter(i -> one[i] < other[i]).count();
    }

    private static void assertTpeBeatsRandom(
            Space space, ToDoubleFunction<double[]> function, double least) {
        double[] tpe = regrets(Tpe.DEFAULT, space, function, least);
        double[] random = regrets(new RandomSearch(), space, function, least);
        String figures =
                "mean %.3f and %.3f, median %.3f and %.3f, nearer for %d of %d seeds"
                        .formatted(
                                mean(tpe),
                                mean(random),
                                median(tpe),
                                median(random),
                                wins(tpe, random),
                                SEEDS);
        assertThat(Arrays.stream(tpe).min().orElseThrow()).as(figures).isGreaterThan(-1e-3);
        assertThat(mean(tpe)).as(figures).isLessThan(mean(random) / 2);
        assertThat(median(tpe)).as(figures).isLessThan(median(random) / 2);
        // A fair coin comes to 15 or more of 20 in 2 % of cases
        assertThat(wins(tpe, random)).as(figures).isGreaterThanOrEqualTo(15);
    }

    /** Measured: mean 0.103 against 0.964, median 0.066 against 0.482, nearer for 19 seeds. */
    @Test
    void tpeComesNearerToBraninsLeastThanChance() {
        assertTpeBeatsRandom(BRANIN, KnownFunctionsTest::branin, BRANIN_LEAST);
    }

    /** Measured: mean 0.570 against 1.529, median 0.439 against 1.471, nearer for 18 seeds. */
    @Test
    void tpeComesNearerToHartmannsLeastThanChance() {
        assertTpeBeatsRandom(HARTMANN, KnownFunctionsTest::hartmann, HARTMANN_LEAST);
    }

    @Test
    void theFunctionsHaveTheLeastValuesThatThePapersGive() {
        assertThat(branin(new double[] {Math.PI, 2.275})).isCloseTo(BRANIN_LEAST, within(1e-6));
        double[] least = {0.20169, 0.150011, 0.476874, 0.275332, 0.311652, 0.6573};
        assertThat(hartmann(least)).isCloseTo(HARTMANN_LEAST, within(1e-4));
    }

    /** Places in 0..1 of 16 proposals in a dimension, as slices of a sixteenth. */
    private static List<Long> slices(Strategy strategy, String path) {
        return IntStream.range(0, 16)
                .mapToObj(i -> strategy.propose(HARTMANN, new Draw(7, i + 1, i, 16, 0), List.of()))
                .map(point -> (Double) point.orElseThrow().values().get(path))
                .map(x -> (long) Math.floor(x * 16))
                .sorted()
                .toList();
    }

    @Test
    void sobolAndLatinHypercubesUseEachSliceOfEachParameterOnce() {
        List<Long> each = IntStream.range(0, 16).mapToObj(i -> (long) i).toList();
        for (Parameter parameter : HARTMANN.parameters()) {
            assertThat(slices(new Sobol(), parameter.path())).isEqualTo(each);
            assertThat(slices(new LatinHypercube(), parameter.path())).isEqualTo(each);
        }
    }
}
