package org.cnnzoo.trial;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.cnnzoo.recipe.TrainingPlan;
import org.cnnzoo.run.EpochRecord;
import org.cnnzoo.sweep.Job;
import org.cnnzoo.sweep.SweepFolder;
import org.cnnzoo.sweep.TrialPlans;
import org.cnnzoo.sweep.TrialRunner;
import org.cnnzoo.train.StopSignal;

/** Trials in this process, one after another, that share their images. */
final class TrialsHere implements TrialRunner {
    private final TrialPlans plans;
    private final Path folder;
    private final SharedImages images;
    private final StopSignal stop;

    TrialsHere(TrialPlans plans, Path folder, Consumer<String> notice, StopSignal stop) {
        this.plans = plans;
        this.folder = folder;
        this.images = new SharedImages(notice);
        this.stop = stop;
    }

    @Override
    public Optional<Cost> run(Job job, Consumer<EpochRecord> epochs) {
        TrainingPlan plan = images.sharing(plans.plan(job.point(), List.of()));
        TrialTraining training =
                new TrialTraining(plan, SweepFolder.run(folder, job.id()), job.toEpoch());
        try {
            return training.run(images.of(plan), epochs, stop)
                    ? Optional.of(cost(plan))
                    : Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            System.gc(); // the network's arrays live outside the heap, which hardly notices them
        }
    }

    static Cost cost(TrainingPlan plan) {
        return new Cost(plan.network().parameters(), plan.network().macs());
    }
}
