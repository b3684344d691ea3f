package org.cnnzoo.sweep.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.cnnzoo.sweep.Event;
import org.cnnzoo.sweep.Importance;
import org.cnnzoo.sweep.Results;
import org.cnnzoo.sweep.SweepFolder;
import org.cnnzoo.sweep.SweepReader;
import org.cnnzoo.sweep.SweepState;
import org.cnnzoo.sweep.page.Plots.Mark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepPageTest {
    @TempDir private Path folder;

    /** Trials whose accuracy is their rate's, whatever the batch size. */
    private Results results(int trials) throws Exception {
        List<Event> events = new ArrayList<>();
        for (int id = 1; id <= trials; id++) {
            double lr = id / 100.0;
            double top1 = 0.5 + lr;
            events.add(
                    new Event.Proposed(
                            id,
                            id,
                            Map.of("train.lr", lr, "train.batch-size", id % 2 == 0 ? 32L : 64L)));
            events.add(new Event.Started(id, id, 1));
            events.add(
                    new Event.Reached(
                            id,
                            id,
                            1,
                            id % 3 != 0,
                            top1,
                            Map.of("macs", 1e6 * id, "seconds", 30.0 - id, "val_top1", top1)));
            Path run = SweepFolder.run(folder, id);
            Files.createDirectories(run);
            Files.writeString(
                    run.resolve("metrics.jsonl"),
                    """
                    {"epoch":1,"iteration":1,"lr":0.1,"train_loss":1,"train_top1":0.5,\
                    "val_loss":1,"val_top1":%s,"val_top5":1,"images_per_second":1,"seconds":1}
                    """
                            .formatted(top1));
        }
        events.add(new Event.Proposed(0, trials + 1, Map.of("train.lr", 0.5)));
        events.add(new Event.Failed(0, trials + 1, 0, "a <script> & more"));
        return new Results(
                SweepReader.parse(
                        "x.yaml",
                        """
                        description: "<b>bold</b>"
                        base: {model: lenet5}
                        space:
                          train.lr: {uniform: [0.01, 0.5]}
                          train.batch-size: [32, 64]
                        strategy: random
                        budget: {trials: 30}
                        """),
                SweepState.of(events),
                folder,
                Results.Stage.ENDED);
    }

    @Test
    void everyDrawingIsThereAndIsWellFormed() throws Exception {
        String page = SweepPage.html(results(24));
        List<String> drawings =
                Pattern.compile("<svg .*?</svg>", Pattern.DOTALL)
                        .matcher(page)
                        .results()
                        .map(m -> m.group())
                        .toList();
        // Parallel coordinates, importance, two parameters, epochs, two fronts
        assertThat(drawings).hasSize(7);
        for (String drawing : drawings) {
            assertThat(
                            DocumentBuilderFactory.newInstance()
                                    .newDocumentBuilder()
                                    .parse(new ByteArrayInputStream(drawing.getBytes(UTF_8)))
                                    .getDocumentElement()
                                    .getChildNodes()
                                    .getLength())
                    .isPositive();
            assertThat(drawing).doesNotContain("NaN");
        }
        assertThat(page).contains("prefers-color-scheme: dark", "width=device-width");
        assertThat(page).contains("epsilon squared", "pruned", "failed");
    }

    @Test
    void nothingIsLoadedFromAnywhereAndTextIsEscaped() throws Exception {
        String page = SweepPage.html(results(3));
        assertThat(page).doesNotContain("http:", "https:", "src=", "href=", "@import", "url(");
        assertThat(page).doesNotContain("<script", "<b>bold");
        assertThat(page).contains("a &lt;script&gt; &amp; more");
    }

    @Test
    void aSweepWithoutAValueHasAPageToo() throws Exception {
        assertThat(SweepPage.html(results(0))).contains("no trial has a value", "</html>");
        assertThat(SweepPage.html(results(1))).contains("Too few trials", "</html>");
    }

    @Test
    void aParetoFrontIsWhatNothingCheaperBeats() {
        List<Mark> marks =
                List.of(mark(3, 0.9), mark(1, 0.5), mark(2, 0.4), mark(2, 0.7), mark(4, 0.8));
        assertThat(Plots.best(marks, true)).extracting(Mark::y).containsExactly(0.5, 0.7, 0.9);
        assertThat(Plots.best(marks, false)).extracting(Mark::y).containsExactly(0.5, 0.4);
    }

    private static Mark mark(double x, double y) {
        return new Mark(x, y, 0, true, "");
    }

    @Test
    void importanceIsTheShareThatAParameterExplainsByItself() throws Exception {
        Results results = results(24);
        Map<String, Double> shares =
                Importance.of(results.sweep().space(), results.state().trials());
        // 24 even steps in 5 slices of 4 or 5: 0.96 between the slices before the correction
        assertThat(shares.get("train.lr")).isCloseTo(0.95, within(0.02));
        assertThat(shares.get("train.batch-size")).isLessThan(0.05);
    }

    @Test
    void theJsonHasWhatScriptsRelyOn() throws Exception {
        Map<String, Object> facts = results(4).facts();
        assertThat(facts).containsKeys("sweep", "trials", "best");
        assertThat(facts.get("best").toString()).contains("id=4", "train.lr=0.04");
        assertThat(results(4).csv().lines().toList()).hasSize(6);
    }
}
