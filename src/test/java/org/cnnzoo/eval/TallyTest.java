package org.cnnzoo.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.cnnzoo.errors.WorkFailed;
import org.junit.jupiter.api.Test;

class TallyTest {
    private static final float NAN = Float.NaN;

    /**
     * Worked by hand: truth a a a b b c, answers a a b b c a; precision, recall and F1 as
     * scikit-learn defines them.
     */
    @Test
    void figuresAreThoseWorkedByHand() {
        Tally tally = new Tally(3);
        tally.add(
                new float[] {5, 0, 0, /**/ 5, 0, 0, /**/ 0, 5, 0, /**/ 0, 5, 0},
                new int[] {0, 0, 0, 1});
        tally.add(new float[] {0, 0, 5, /**/ 5, 0, 0}, new int[] {1, 2});

        EvalResult result = tally.result(List.of("a", "b", "c"));

        assertThat(result.images()).isEqualTo(6);
        assertThat(result.top1()).isEqualTo(0.5);
        assertThat(result.top5()).isEqualTo(1);
        double right = Math.log(Math.exp(5) + 2) - 5;
        assertThat(result.loss()).isCloseTo(right + 2.5, within(1e-9));
        assertThat(result.confusion())
                .as("rows are the true class")
                .containsExactly(List.of(2L, 1L, 0L), List.of(0L, 1L, 1L), List.of(1L, 0L, 0L));
        EvalResult.ClassFigures a = result.perClass().get(0);
        assertThat(a.precision()).isEqualTo(2 / 3.0);
        assertThat(a.recall()).isEqualTo(2 / 3.0);
        assertThat(a.f1()).isEqualTo(2 / 3.0);
        assertThat(a.support()).isEqualTo(3);
        EvalResult.ClassFigures c = result.perClass().get(2);
        assertThat(List.of(c.precision(), c.recall(), c.f1())).containsOnly(0.0);
    }

    /** The same answers; classification_report of scikit-learn has these in its last two lines. */
    @Test
    void averagesWeighClassesAlikeOrByTheirImages() {
        Tally tally = new Tally(4);
        tally.add(
                new float[] {5, 0, 0, 0, /**/ 5, 0, 0, 0, /**/ 0, 5, 0, 0, /**/ 0, 5, 0, 0},
                new int[] {0, 0, 0, 1});
        tally.add(new float[] {0, 0, 5, 0, /**/ 5, 0, 0, 0}, new int[] {1, 2});

        EvalResult result = tally.result(List.of("a", "b", "c", "no image's class"));

        EvalResult.Averages macro = result.macro();
        assertThat(macro.precision()).isCloseTo((2 / 3.0 + 1 / 2.0 + 0) / 3, within(1e-12));
        assertThat(macro.recall()).isCloseTo((2 / 3.0 + 1 / 2.0 + 0) / 3, within(1e-12));
        EvalResult.Averages weighted = result.weighted();
        assertThat(weighted.precision()).isCloseTo((3 * 2 / 3.0 + 2 * 0.5) / 6, within(1e-12));
        assertThat(weighted.recall()).isCloseTo(result.top1(), within(1e-12));
    }

    /** Logits that answer each image with one of the classes, by their letters. */
    private static Tally answered(int outputs, String truth, String answers) {
        float[] logits = new float[outputs * truth.length()];
        int[] labels = new int[truth.length()];
        for (int n = 0; n < labels.length; n++) {
            labels[n] = truth.charAt(n) - 'a';
            logits[n * outputs + answers.charAt(n) - 'a'] = 5;
        }
        Tally tally = new Tally(outputs);
        tally.add(logits, labels);
        return tally;
    }

    private static void requireFigures(
            EvalResult.ClassFigures actual, double precision, double recall, double f1) {
        assertThat(actual.precision()).as("precision").isCloseTo(precision, within(1e-12));
        assertThat(actual.recall()).as("recall").isCloseTo(recall, within(1e-12));
        assertThat(actual.f1()).as("f1").isCloseTo(f1, within(1e-12));
    }

    private static void requireAverages(
            EvalResult.Averages actual, double precision, double recall, double f1) {
        assertThat(actual.precision()).as("precision").isCloseTo(precision, within(1e-12));
        assertThat(actual.recall()).as("recall").isCloseTo(recall, within(1e-12));
        assertThat(actual.f1()).as("f1").isCloseTo(f1, within(1e-12));
    }

    /** Precision, recall and F1 differ in every class and mean: none can stand for another. */
    @Test
    void precisionIsOfTheAnswersAndRecallOfTheImages() {
        EvalResult result = answered(3, "aaaabbc", "aabbbbb").result(List.of("a", "b", "c"));

        assertThat(result.confusion())
                .containsExactly(List.of(2L, 2L, 0L), List.of(0L, 2L, 0L), List.of(0L, 1L, 0L));
        requireFigures(result.perClass().get(0), 1, 1 / 2.0, 2 / 3.0);
        requireFigures(result.perClass().get(1), 2 / 5.0, 1, 4 / 7.0);
        requireFigures(result.perClass().get(2), 0, 0, 0); // never answered: 0 of 0
        assertThat(result.perClass().stream().map(EvalResult.ClassFigures::support))
                .containsExactly(4L, 2L, 1L);
        requireAverages(result.macro(), 7 / 15.0, 1 / 2.0, 26 / 63.0);
        requireAverages(result.weighted(), 24 / 35.0, 4 / 7.0, 80 / 147.0);
    }

    /** Of d there are only answers, of e nothing: d counts in macro, e doesn't. */
    @Test
    void anAnswerThatIsNoImagesClassCountsInMacroAlone() {
        EvalResult result =
                answered(5, "aaaabbc", "aabbbbd").result(List.of("a", "b", "c", "d", "e"));

        requireFigures(result.perClass().get(1), 1 / 2.0, 1, 2 / 3.0);
        for (int c = 2; c < 5; c++) {
            requireFigures(result.perClass().get(c), 0, 0, 0);
        }
        requireAverages(result.macro(), 1.5 / 4, 1.5 / 4, 1 / 3.0);
        requireAverages(result.weighted(), 5 / 7.0, 4 / 7.0, 4 / 7.0);
    }

    /** 0.9 sure and right three times of four, 0.6 sure and always wrong. */
    @Test
    void calibrationErrorIsTheMeanDistanceOfTheBins() {
        float sure = (float) Math.log(9);
        float less = (float) Math.log(1.5);
        Tally tally = new Tally(2);
        tally.add(
                new float[] {sure, 0, sure, 0, sure, 0, sure, 0, less, 0},
                new int[] {0, 0, 0, 1, 1});

        Calibration calibration = tally.result(List.of("a", "b")).calibration();

        assertThat(calibration.error()).isCloseTo((4 * (0.9 - 0.75) + 1 * 0.6) / 5, within(1e-6));
        Calibration.Bin bin = calibration.bins().get(13);
        assertThat(List.of(bin.images(), bin.accuracy())).containsExactly(4L, 0.75);
        assertThat(bin.confidence()).isCloseTo(0.9, within(1e-6));
        assertThat(calibration.bins()).hasSize(Calibration.BINS);
    }

    @Test
    void aConfidenceAtABinsEdgeIsInTheBinBelow() {
        Calibration.Counts counts = new Calibration.Counts();
        counts.add(1, true);
        counts.add(0.2, false);
        counts.add(Double.NaN, false);
        List<Long> images =
                counts.calibration().bins().stream().map(Calibration.Bin::images).toList();
        assertThat(images.get(14)).isEqualTo(1);
        assertThat(images.get(2)).as("(2/15, 3/15]").isEqualTo(1);
        assertThat(images.get(0)).isEqualTo(1);
    }

    /** Figures of Brown, Cai and DasGupta's formula; R's prop.test without correction. */
    @Test
    void intervalsAreWilsons() {
        Interval some = Interval.wilson(0.8, 10);
        assertThat(some.low()).isCloseTo(0.4901625, within(1e-6));
        assertThat(some.high()).isCloseTo(0.9433178, within(1e-6));
        Interval none = Interval.wilson(0, 10);
        assertThat(none.low()).isZero();
        assertThat(none.high()).isCloseTo(0.2775328, within(1e-6));
    }

    /** The ends solve (share - p)^2 = z^2 p (1 - p) / n, which Python did by bisection. */
    @Test
    void eachShareHasItsOwnInterval() {
        Tally tally = new Tally(7);
        for (int label : new int[] {0, 0, 0, 1, 1, 2, 3, 4, 4, 6}) {
            tally.add(new float[] {7, 6, 5, 4, 3, 2, 1}, new int[] {label});
        }

        EvalResult result = tally.result(List.of("a", "b", "c", "d", "e", "f", "g"));

        assertThat(result.top1()).isEqualTo(0.3);
        assertThat(result.top5()).isEqualTo(0.9);
        JsonNode json = new ObjectMapper().valueToTree(result);
        assertThat(json.at("/top1_interval/0").asDouble()).isCloseTo(0.1077913, within(1e-6));
        assertThat(json.at("/top1_interval/1").asDouble()).isCloseTo(0.6032219, within(1e-6));
        assertThat(json.at("/top5_interval/0").asDouble()).isCloseTo(0.5958500, within(1e-6));
        assertThat(json.at("/top5_interval/1").asDouble()).isCloseTo(0.9821238, within(1e-6));
    }

    @Test
    void aLargeLogitDoesNotOverflow() {
        Tally tally = new Tally(2);
        tally.add(new float[] {1000, 0}, new int[] {1});
        assertThat(tally.result(List.of("a", "b")).loss()).isEqualTo(1000);
    }

    @Test
    void whatIsNotANumberIsNeverRight() {
        Tally tally = new Tally(2);
        tally.add(new float[] {NAN, NAN, /**/ NAN, 1}, new int[] {0, 0});

        EvalResult result = tally.result(List.of("a", "b"));

        assertThat(result.top1()).isEqualTo(0);
        assertThat(result.top5()).isEqualTo(0);
        assertThat(result.loss()).isNaN();
    }

    @Test
    void ofEqualScoresTheFirstClassIsAhead() {
        float[] scores = {1, 3, 3, 2};
        assertThat(TopK.first(scores, 0, 4)).isEqualTo(1);
        assertThat(TopK.rank(scores, 0, 4, 1)).isEqualTo(0);
        assertThat(TopK.rank(scores, 0, 4, 2)).isEqualTo(1);
        assertThat(TopK.rank(scores, 0, 4, 3)).isEqualTo(2);
    }

    @Test
    void top5CountsTheFirstFive() {
        Tally tally = new Tally(7);
        tally.add(new float[] {7, 6, 5, 4, 3, 2, 1, /**/ 7, 6, 5, 4, 3, 2, 1}, new int[] {4, 5});
        EvalResult result = tally.result(List.of("a", "b", "c", "d", "e", "f", "g"));
        assertThat(result.top5()).isEqualTo(0.5);
        assertThat(result.top1()).isEqualTo(0);
    }

    @Test
    void noImageIsAnError() {
        assertThatThrownBy(() -> new Tally(2).result(List.of("a", "b")))
                .isInstanceOf(WorkFailed.class);
    }

    @Test
    void theKeysInJsonAreThoseOfCnnEval() throws Exception {
        Tally tally = new Tally(2);
        tally.add(new float[] {1, 0}, new int[] {0});
        JsonNode json = new ObjectMapper().valueToTree(tally.result(List.of("a", "b")));

        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly(
                        "images",
                        "loss",
                        "top1",
                        "top1_interval",
                        "top5",
                        "top5_interval",
                        "ece",
                        "macro",
                        "weighted",
                        "per_class",
                        "confusion",
                        "calibration");
        assertThat(json.at("/macro/f1").isDouble()).isTrue();
        assertThat(json.get("top1_interval")).hasSize(2);
        assertThat(json.get("calibration")).hasSize(15);
        assertThat(json.get("per_class").get(0).fieldNames())
                .toIterable()
                .containsExactly("class", "precision", "recall", "f1", "support");
        assertThat(json.get("confusion").toString()).isEqualTo("[[1,0],[0,0]]");
    }
}
