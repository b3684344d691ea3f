package org.cnnzoo.trial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.cnnzoo.errors.WorkFailed;
import org.cnnzoo.recipe.TrainingPlan;
import org.cnnzoo.run.EpochRecord;
import org.cnnzoo.run.MetricsFile;
import org.cnnzoo.run.RunFiles;
import org.cnnzoo.spark.Cluster;
import org.cnnzoo.spark.ClusterGone;
import org.cnnzoo.sweep.Job;
import org.cnnzoo.sweep.SweepFolder;
import org.cnnzoo.sweep.TrialPlans;
import org.cnnzoo.sweep.TrialRunner;
import org.cnnzoo.train.StopSignal;

/**
 * Each trial as a task of a Spark cluster, whose machines see the sweep's folder. Executors write
 * the trials' run folders themselves; here those are only looked at.
 */
final class SparkTrials implements TrialRunner {
    private final Cluster cluster;
    private final TrialPlans plans;
    private final Path folder;
    private final List<String> more;
    private final StopSignal stop;
    private final Consumer<ClusterGone> gone;

    /**
     * @param more settings of every trial, as after {@code --set}
     * @param gone told if there is no cluster any more: trials that it had are stopped, not failed
     */
    SparkTrials(
            Cluster cluster,
            TrialPlans plans,
            Path folder,
            List<String> more,
            StopSignal stop,
            Consumer<ClusterGone> gone) {
        this.cluster = cluster;
        this.plans = plans;
        this.folder = folder.toAbsolutePath();
        this.more = List.copyOf(more);
        this.stop = stop;
        this.gone = gone;
        try {
            Files.deleteIfExists(SparkTrial.stopFile(this.folder));
        } catch (IOException e) {
            throw new WorkFailed("could not write " + folder + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Optional<Cost> run(Job job, Consumer<EpochRecord> epochs) {
        TrainingPlan plan = plans.plan(job.point(), more);
        EpochWatch watch =
                new EpochWatch(new RunFiles(SweepFolder.run(folder, job.id())).metrics(), epochs);
        SparkTrial.Order order = SparkTrial.Order.of(folder, job, more);
        boolean done;
        try {
            done =
                    cluster.run(
                                    order,
                                    List.of(job.id()),
                                    SparkTrial::run,
                                    () -> {
                                        watch.look();
                                        passOnStop();
                                    })
                            .get(0);
        } catch (ClusterGone e) {
            gone.accept(e);
            stop.request();
            return Optional.empty();
        }
        watch.look();
        return done ? Optional.of(TrialsHere.cost(plan)) : Optional.empty();
    }

    private void passOnStop() {
        Path file = SparkTrial.stopFile(folder);
        if (stop.requested() && !Files.exists(file)) {
            try {
                Files.writeString(file, "");
            } catch (IOException e) {
                throw new WorkFailed("could not write " + file + ": " + e.getMessage(), e);
            }
        }
    }

    /** Tells of the epochs that a file of metrics gets. */
    private static final class EpochWatch {
        private final Path file;
        private final Consumer<EpochRecord> epochs;
        private int seen;

        EpochWatch(Path file, Consumer<EpochRecord> epochs) {
            this.file = file;
            this.epochs = epochs;
            this.seen = records().size();
        }

        private List<EpochRecord> records() {
            return Files.exists(file) ? MetricsFile.read(file) : List.of();
        }

        void look() {
            List<EpochRecord> records = records();
            for (; seen < records.size(); seen++) {
                epochs.accept(records.get(seen));
            }
        }
    }
}
