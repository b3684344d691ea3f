package org.cnnzoo.trial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.function.Consumer;
import org.cnnzoo.errors.WorkFailed;
import org.cnnzoo.recipe.TrainingPlan;
import org.cnnzoo.run.EpochRecord;
import org.cnnzoo.run.Folders;
import org.cnnzoo.run.MetricsFile;
import org.cnnzoo.run.RunFiles;
import org.cnnzoo.sweep.Job;
import org.cnnzoo.sweep.SweepFolder;
import org.cnnzoo.sweep.TrialPlans;
import org.cnnzoo.sweep.TrialRunner;
import org.cnnzoo.train.StopSignal;

/**
 * Trials in as many processes as there are jobs. A process goes on with the next trial, as a new
 * one would first have to load, to compile and to decode what this one has.
 */
final class TrialProcesses implements TrialRunner {
    private static final long LOOK_MILLIS = 200;

    private final TrialPlans plans;
    private final Path folder;
    private final List<String> more;
    private final StopSignal stop;
    private final BlockingDeque<TrialProcess> idle = new LinkedBlockingDeque<>();
    private final List<TrialProcess> started = new ArrayList<>();

    /**
     * @param more settings of every trial, as after {@code --set}
     */
    TrialProcesses(TrialPlans plans, Path folder, List<String> more, StopSignal stop) {
        this.plans = plans;
        this.folder = folder;
        this.more = List.copyOf(more);
        this.stop = stop;
        Thread stopper = new Thread(this::passOnStop, "stops trials");
        stopper.setDaemon(true);
        stopper.start();
    }

    @Override
    public Optional<Cost> run(Job job, Consumer<EpochRecord> epochs) {
        TrainingPlan plan = plans.plan(job.point(), more);
        if (stop.requested()) {
            return Optional.empty();
        }
        RunFiles run = new RunFiles(SweepFolder.run(folder, job.id()));
        TrialProcess process = null;
        try {
            process = idle.poll();
            if (process == null || !process.isAlive()) {
                process = start();
            }
            boolean done = process.train(TrialOrder.of(job), () -> epochs.accept(newest(run)));
            return done ? Optional.of(TrialsHere.cost(plan)) : Optional.empty();
        } catch (IOException e) {
            throw new WorkFailed("trial " + job.id() + " could not be run: " + e.getMessage(), e);
        } finally {
            if (process != null && process.isIdle()) {
                idle.push(process);
            }
        }
    }

    private static EpochRecord newest(RunFiles run) {
        List<EpochRecord> records = MetricsFile.read(run.metrics());
        return records.get(records.size() - 1);
    }

    private TrialProcess start() throws IOException {
        synchronized (started) {
            TrialProcess process = TrialProcess.start(folder, more, newErr());
            started.add(process);
            if (stop.requested()) {
                process.stop();
            }
            return process;
        }
    }

    /** A file of its own, also beside those that failed trials of earlier sessions tell of. */
    private Path newErr() {
        for (int number = started.size() + 1; ; number++) {
            Path err = folder.resolve("trials/process-%d.err".formatted(number));
            if (!Files.exists(err)) {
                return err;
            }
        }
    }

    private void passOnStop() {
        try {
            while (!stop.requested()) {
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            return;
        }
        synchronized (started) {
            started.forEach(TrialProcess::stop);
        }
    }

    /** Where the processes find each other's decoded images, while there are any. */
    static Path decoded(Path sweep) {
        return sweep.resolve("decoded");
    }

    @Override
    public void close() {
        synchronized (started) {
            started.forEach(TrialProcess::stop);
            started.forEach(TrialProcess::close);
        }
        Folders.delete(decoded(folder));
    }
}
