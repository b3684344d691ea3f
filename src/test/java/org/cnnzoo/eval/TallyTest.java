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
                .containsExactly("images", "loss", "top1", "top5", "per_class", "confusion");
        assertThat(json.get("per_class").get(0).fieldNames())
                .toIterable()
                .containsExactly("class", "precision", "recall", "f1", "support");
        assertThat(json.get("confusion").toString()).isEqualTo("[[1,0],[0,0]]");
    }
}
