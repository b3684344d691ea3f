package org.cnnzoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.cnnzoo.eval.Prediction;
import org.cnnzoo.eval.Prediction.Answer;
import org.cnnzoo.eval.Prediction.Failure;
import org.cnnzoo.eval.Prediction.Ranked;
import org.junit.jupiter.api.Test;

class PredictionFormatTest {
    private static final List<Ranked> RANKED =
            List.of(new Ranked(1, "tench, Tinca", 0.75, 2.5f), new Ranked(2, "goldfish", 0.25, 1));
    private static final List<Prediction> BOTH =
            List.of(
                    new Answer("a \"b\".png", RANKED, new float[] {1, 2.5f, -3}),
                    new Failure("c.png", "a truncated PNG"));

    private static String printed(
            PredictionFormat format, boolean logits, List<Prediction> predictions) {
        StringWriter out = new StringWriter();
        format.print(predictions, logits, new PrintWriter(out));
        return out.toString();
    }

    @Test
    void jsonHasTheKeysThatScriptsRelyOn() throws Exception {
        JsonNode expected =
                new ObjectMapper()
                        .readTree(
                                """
                                [{"file": "a \\"b\\".png",
                                  "predictions": [
                                    {"class": "tench, Tinca", "probability": 0.75},
                                    {"class": "goldfish", "probability": 0.25}],
                                  "logits": [1.0, 2.5, -3.0]},
                                 {"file": "c.png", "error": "a truncated PNG"}]
                                """);
        assertThat(new ObjectMapper().readTree(printed(PredictionFormat.JSON, true, BOTH)))
                .isEqualTo(expected);
    }

    @Test
    void jsonHasNoLogitsWhereNoneWereAskedFor() throws Exception {
        List<Prediction> one = List.of(new Answer("a.png", RANKED, null));
        JsonNode entry =
                new ObjectMapper().readTree(printed(PredictionFormat.JSON, false, one)).get(0);
        assertThat(entry.fieldNames()).toIterable().containsExactly("file", "predictions");
    }

    @Test
    void csvQuotesWhatNeedsIt() {
        assertThat(printed(PredictionFormat.CSV, false, BOTH))
                .isEqualToNormalizingNewlines(
                        """
                        file,class,probability,rank,error
                        "a ""b"".png","tench, Tinca",0.75,1,
                        "a ""b"".png",goldfish,0.25,2,
                        c.png,,,,a truncated PNG
                        """);
        assertThat(printed(PredictionFormat.CSV, true, BOTH))
                .startsWith("file,class,probability,rank,logit,error")
                .contains("goldfish,0.25,2,1.0,")
                .contains("c.png,,,,,a truncated PNG");
    }

    @Test
    void theTableHasTheErrorsToo() {
        assertThat(printed(PredictionFormat.TABLE, true, BOTH))
                .isEqualToNormalizingNewlines(
                        """
                        FILE       CLASS         PROBABILITY  RANK  LOGIT  ERROR
                        a "b".png  tench, Tinca        0.750     1  2.500
                        a "b".png  goldfish            0.250     2  1.000
                        c.png                                              a truncated PNG
                        """);
    }

    @Test
    void theTableHasNoColumnOfErrorsWhereThereAreNone() {
        assertThat(printed(PredictionFormat.TABLE, false, BOTH.subList(0, 1)))
                .isEqualToNormalizingNewlines(
                        """
                        FILE       CLASS         PROBABILITY  RANK
                        a "b".png  tench, Tinca        0.750     1
                        a "b".png  goldfish            0.250     2
                        """);
    }
}
