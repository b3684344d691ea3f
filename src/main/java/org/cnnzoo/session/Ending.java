package org.cnnzoo.session;

import java.awt.AWTError;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.cnnzoo.build.Model;
import org.cnnzoo.data.PreparedImages;
import org.cnnzoo.data.Split;
import org.cnnzoo.eval.EvalResult;
import org.cnnzoo.eval.Evaluation;
import org.cnnzoo.eval.Mistakes;
import org.cnnzoo.eval.TrainedModel;
import org.cnnzoo.recipe.TrainingPlan;
import org.cnnzoo.report.Curves;
import org.cnnzoo.report.Evaluated;
import org.cnnzoo.report.RunFacts;
import org.cnnzoo.report.RunPage;
import org.cnnzoo.run.AtomicFile;
import org.cnnzoo.run.EpochRecord;
import org.cnnzoo.run.Hardware;
import org.cnnzoo.run.Provenance;
import org.cnnzoo.run.RunFiles;
import org.cnnzoo.run.RunFolder;
import org.cnnzoo.run.RunResult;
import org.cnnzoo.run.Versions;
import org.cnnzoo.train.Outcome;
import org.cnnzoo.train.TrainSettings;

/** What follows a training's last epoch: the test split, {@code result.json}, curves, the page. */
final class Ending {
    private final TrainingPlan plan;
    private final TrainSettings settings;
    private final RunFolder run;
    private final Model model;
    private final Provenance provenance;
    private final TrainingImages images;
    private final Consumer<String> say;

    /**
     * @param model takes the values of the run's best checkpoint
     * @param say told of what is missing
     */
    Ending(
            TrainingPlan plan,
            TrainSettings settings,
            RunFolder run,
            Model model,
            Provenance provenance,
            TrainingImages images,
            Consumer<String> say) {
        this.plan = plan;
        this.settings = settings;
        this.run = run;
        this.model = model;
        this.provenance = provenance;
        this.images = images;
        this.say = say;
    }

    /** The best checkpoint's figures on the test split, written and drawn. */
    RunResult of(Outcome outcome, EpochRecord last) {
        TrainedModel best = new TrainedModel(model, plan.network(), provenance);
        best.take(run.files().best());
        Optional<Tested> test = tested(Split.TEST);
        RunResult result =
                new RunResult(
                        run.files().name(),
                        plan.network().name(),
                        plan.data().name(),
                        outcome.end().label(),
                        last,
                        outcome.bestEpoch(),
                        outcome.bestTop1(),
                        test.map(Tested::figures).orElse(null),
                        plan.network().parameters(),
                        plan.network().macs(),
                        settings.seed(),
                        Versions.all(),
                        hardware(),
                        provenance.datasetHash(),
                        run.metrics().records().stream().mapToDouble(EpochRecord::seconds).sum(),
                        OffsetDateTime.now(ZoneId.systemDefault())
                                .truncatedTo(ChronoUnit.SECONDS)
                                .toString());
        run.writeResult(result);
        report(best, test);
        return result;
    }

    /** A picture that can't be drawn, for lack of fonts say, is no reason to fail. */
    private void report(TrainedModel best, Optional<Tested> test) {
        RunFiles files = run.files();
        try {
            byte[] curves = Curves.png(files.name(), run.metrics().records());
            AtomicFile.write(files.folder().resolve("curves.png"), out -> out.write(curves));
            Optional<Evaluated> shown =
                    (test.isPresent() ? test : tested(Split.VAL)).map(t -> t.drawn(best));
            AtomicFile.write(files.report(), RunPage.html(RunFacts.read(files), shown, ""));
        } catch (RuntimeException | LinkageError | InternalError | AWTError e) {
            say.accept("no " + files.report() + ": " + e);
        }
    }

    /** The best checkpoint on a split. */
    private record Tested(
            Split split, PreparedImages images, EvalResult result, Mistakes mistakes) {
        RunResult.Test figures() {
            return new RunResult.Test(result.loss(), result.top1(), result.top5());
        }

        Evaluated drawn(TrainedModel best) {
            return Evaluated.of(best, images, split.label() + " split", result, mistakes);
        }
    }

    /** On the test split it is once; nothing was ever chosen by it. */
    private Optional<Tested> tested(Split split) {
        if (plan.data().split(split).size() == 0) {
            say.accept("%s has no %s images".formatted(plan.data().name(), split.label()));
            return Optional.empty();
        }
        PreparedImages prepared = images.of(split);
        Mistakes mistakes = new Mistakes();
        EvalResult result =
                new Evaluation(provenance.classes(), settings.workers(), 0)
                        .run(model::logits, prepared, 1, mistakes);
        return Optional.of(new Tested(split, prepared, result, mistakes));
    }

    private SortedMap<String, String> hardware() {
        SortedMap<String, String> hardware = Hardware.all();
        hardware.put("engine", model.engine());
        return hardware;
    }
}
