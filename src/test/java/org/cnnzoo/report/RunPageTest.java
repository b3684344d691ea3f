package org.cnnzoo.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.cnnzoo.data.PixelImage;
import org.cnnzoo.eval.Calibration;
import org.cnnzoo.eval.EvalResult;
import org.cnnzoo.eval.LabelledAnswer;
import org.cnnzoo.run.EpochRecord;
import org.cnnzoo.run.MetricsFile;
import org.cnnzoo.run.RunFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunPageTest {
    private static final String CONFIG =
            """
            # tiny: 1 parameter
            # Repeat it with: cnn train --recipe THIS_FILE

            # What is trained
            model: lenet5                    # --model
            data: "a # <b>"                  # --data

            # Optimiser
            lr: %s                         # recipe quick.yaml:3:1
            momentum: 0.9                    # default; no effect, only with opt sgd
            """;

    private static final String LINE =
            """
{"epoch":%d,"iteration":9,"lr":0.1,"train_loss":1,"train_top1":0.5,"val_loss":1.5,\
"val_top1":%s,"val_top5":0.9,"images_per_second":1000,"seconds":61,"input_wait_share":0}
""";

    @TempDir private Path folder;

    private List<EpochRecord> records(double... top1) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < top1.length; i++) {
            lines.append(LINE.formatted(i + 1, top1[i]).strip()).append('\n');
        }
        return MetricsFile.read(
                Files.writeString(folder.resolve("metrics.jsonl"), lines.toString()));
    }

    private static RunFacts facts(String name, List<EpochRecord> records, JsonNode result) {
        return new RunFacts(name, records, result, ConfigTable.of(CONFIG.formatted("0.1")));
    }

    private static Evaluated evaluated(int classes) {
        List<String> names = new ArrayList<>();
        List<EvalResult.ClassFigures> figures = new ArrayList<>();
        List<List<Long>> confusion = new ArrayList<>();
        for (int c = 0; c < classes; c++) {
            names.add("<" + c + ">");
            figures.add(new EvalResult.ClassFigures(names.get(c), 0.5, 0.25, 0.3333, 4));
            List<Long> row = new ArrayList<>();
            for (int other = 0; other < classes; other++) {
                row.add(other == c ? 1L : other == (c + 1) % classes ? 3L : 0L);
            }
            confusion.add(row);
        }
        Calibration calibration =
                new Calibration(List.of(new Calibration.Bin(0.8, 1, 4L * classes, 0.9, 0.25)));
        EvalResult result =
                new EvalResult(4L * classes, 2, 0.25, 1, figures, confusion, calibration);
        double[] probabilities = new double[classes];
        probabilities[1] = 0.987;
        LabelledAnswer wrong = new LabelledAnswer("test#7", 0, 1, probabilities);
        byte[] png = Png.of(new PixelImage(1, 2, 2, new byte[] {0, 1, 2, 3}), 160);
        return new Evaluated(
                "test split",
                result,
                names,
                List.of(new Evaluated.Shown(wrong, png, true)),
                Optional.of(new FilterPicture("features.c1", List.of(6L, 1L, 5L, 5L), 6, png)));
    }

    @Test
    void showsWhatItIsGivenEscaped() throws IOException {
        JsonNode result =
                new ObjectMapper()
                        .readTree(
                                "{\"model\":\"lenet5\",\"parameters\":61706,\"hardware\":{\"cpu\":\"a"
                                    + " & b\"}}");
        String page =
                RunPage.html(
                        facts("a <run>", records(0.6125, 0.5), result),
                        Optional.of(evaluated(3)),
                        "a > b");
        assertThat(page)
                .contains("<title>a &lt;run&gt;</title>", "a &gt; b", "a &amp; b", "61,706")
                .contains("<b>61.25 %</b>", "epoch 1<", "<td>61.25</td>", "2 min 02 s")
                .contains("&quot;a # &lt;b&gt;&quot;", "recipe quick.yaml:3:1", "--model")
                .contains("<span class=\"idle\">momentum</span>")
                .contains("&lt;1&gt;</b> 98.7 %", "test#7", "features.c1, 6 of 1x5x5")
                .contains("(ECE, 15 bins): 65.00 %")
                .doesNotContain("<1>", "a <run>", "THIS_FILE");
        assertThat(Pattern.compile("<td class=\"strong\"[^>]*>3</td>").matcher(page).results())
                .as("taken for the next class")
                .hasSize(3);
    }

    @Test
    void loadsNothingFromAnywhere() throws IOException {
        for (int classes : new int[] {3, 40}) {
            String page =
                    RunPage.html(
                            facts("run", records(0.5), MissingNode.getInstance()),
                            Optional.of(evaluated(classes)),
                            "");
            assertNoRequests(page);
            assertThat(page.contains("class=\"matrix pixels\""))
                    .as("a picture where a table would be too wide")
                    .isEqualTo(classes == 40);
        }
    }

    static void assertNoRequests(String page) {
        assertThat(page).doesNotContain("http:", "https:", "url(", "@import", "<script", "<link");
        assertThat(Pattern.compile("(?:src|href|action|srcset)=\"(?!data:)").matcher(page).find())
                .isFalse();
    }

    @Test
    void aRunWithoutAnEpochHasAPageToo() {
        String page =
                RunPage.html(
                        facts("run", List.of(), MissingNode.getInstance()), Optional.empty(), "");
        assertThat(page).contains("No epoch is done yet.", "not reached yet");
    }

    @Test
    void severalRunsAreComparedByCurvesFiguresAndWhatDiffers() throws IOException {
        RunFacts first = facts("one", records(0.5, 0.75), MissingNode.getInstance());
        RunFacts second =
                new RunFacts(
                        "two",
                        records(0.25),
                        new ObjectMapper().readTree("{\"test_top1\":0.5,\"macs\":7}"),
                        ConfigTable.of(CONFIG.formatted("0.2")));
        String page = ComparePage.html(List.of(first, second), List.of("one", "<two>"));
        assertNoRequests(page);
        assertThat(page)
                .contains("<td class=\"best\">75.00</td>", "<td>25.00</td>", "&lt;two&gt;")
                .contains("<th scope=\"row\">lr</th><td>0.1</td><td>0.2</td>")
                .doesNotContain("<th scope=\"row\">momentum</th>");
        assertThat(Pattern.compile("<path class=\"s\"[^>]*d=\"M[^0]").matcher(page).results())
                .as("7 charts of 2 lines")
                .hasSize(14);
    }

    @Test
    void aRunFolderThatIsNotDoneIsRead() throws IOException {
        records(0.5, 0.6);
        Files.writeString(folder.resolve("config.yaml"), CONFIG.formatted("0.1"));
        RunFacts facts = RunFacts.read(RunFiles.of(folder));
        assertThat(facts.done()).isFalse();
        assertThat(facts.records()).hasSize(2);
        assertThat(facts.model()).isEqualTo("lenet5");
        assertThat(facts.config().find("data")).contains("\"a # <b>\"");
    }
}
