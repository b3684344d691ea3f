package org.cnnzoo.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.Optional;
import org.cnnzoo.build.Backend;
import org.cnnzoo.data.Dataset;
import org.cnnzoo.data.PreparedImages;
import org.cnnzoo.data.Split;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.errors.WorkFailed;
import org.cnnzoo.eval.TrainedModel;
import org.cnnzoo.recipe.Home;
import org.cnnzoo.report.Evaluated;
import org.cnnzoo.report.RunFacts;
import org.cnnzoo.report.RunPage;
import org.cnnzoo.run.RunFiles;
import org.jspecify.annotations.Nullable;

/**
 * A run's page, with its best checkpoint evaluated for it. Where that can't be, since there is no
 * checkpoint yet or the images are elsewhere, the page says why and shows the rest; unless somebody
 * asked for those very images.
 *
 * @param data on what
 * @param split or null: test, or validation where there are no test images
 */
record RunEvaluation(
        RunFiles files, DataOptions data, @Nullable Split split, int workers, Backend backend) {

    /**
     * The page.
     *
     * @param without whether to leave the evaluation out
     * @param err told why there is none
     */
    String page(boolean without, PrintWriter err) {
        RunFacts facts = RunFacts.read(files);
        if (without) {
            return RunPage.html(facts, Optional.empty(), "");
        }
        boolean asked = data.areGiven() || split != null;
        if (!Files.exists(files.best())) {
            if (asked) {
                throw new WorkFailed(files.best() + " isn't there yet: nothing can be evaluated");
            }
            return without(facts, "there is no checkpoint yet", err);
        }
        try {
            TrainedModel trained = TrainedModel.load(files.best(), Home.zoo(), backend);
            Dataset dataset = data.open(files);
            EvalCommand.refuseOtherClasses(trained.provenance(), dataset);
            String other =
                    trained.wasTrainedOn(dataset)
                            ? ""
                            : "The images are not those that the run was trained and tested on.";
            return RunPage.html(facts, Optional.of(evaluated(trained, dataset)), other);
        } catch (BadInput | WorkFailed e) {
            if (asked) {
                throw e;
            }
            return without(facts, String.valueOf(e.getMessage()), err);
        }
    }

    private static String without(RunFacts facts, String why, PrintWriter err) {
        String first = why.lines().findFirst().orElse("");
        err.println("The page has no evaluation: " + first);
        err.flush();
        return RunPage.html(facts, Optional.empty(), "Not evaluated: " + first + ".");
    }

    private Evaluated evaluated(TrainedModel trained, Dataset dataset) {
        Split part = data.part(dataset, split);
        PreparedImages images =
                new PreparedImages(dataset.split(part), trained.provenance().preprocessing());
        return Evaluated.of(trained, images, part.label() + " split", workers);
    }
}
