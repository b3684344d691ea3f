package org.cnnzoo.trial;

import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.cnnzoo.console.ProgressDisplay;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.eval.EvalResult;
import org.cnnzoo.recipe.Settings;
import org.cnnzoo.recipe.TrainingPlan;
import org.cnnzoo.run.CheckpointFile;
import org.cnnzoo.run.EpochRecord;
import org.cnnzoo.run.RunFiles;
import org.cnnzoo.run.RunFolder;
import org.cnnzoo.session.ArithmeticThreads;
import org.cnnzoo.session.ImageSource;
import org.cnnzoo.session.StartingWeights;
import org.cnnzoo.session.Training;
import org.cnnzoo.train.StopSignal;
import org.cnnzoo.train.TrainListener;
import org.cnnzoo.train.TrainSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One trial of a sweep, trained until an epoch, as {@code cnn train} would. */
final class TrialTraining {
    private static final Logger log = LoggerFactory.getLogger(TrialTraining.class);

    /** A test split and a report take a while after the last step. */
    private static final int LONGEST_WAIT_SECONDS = 600;

    private static final int SAID_AFTER_SECONDS = 5;

    private final TrainingPlan plan;
    private final TrainSettings settings;
    private final RunFiles files;
    private final int toEpoch;

    /**
     * @param folder the trial's run folder
     * @param toEpoch where it stops, with a checkpoint to go on from
     */
    TrialTraining(TrainingPlan plan, Path folder, int toEpoch) {
        this.plan = plan;
        this.settings = plan.settings();
        this.files = new RunFiles(folder);
        this.toEpoch = toEpoch;
    }

    /**
     * Trains, or goes on.
     *
     * @param stop asks it to stop before
     * @return whether it came where it should, rather than being stopped
     * @throws InterruptedException while waiting for another process to leave the run folder
     */
    boolean run(ImageSource images, Consumer<EpochRecord> epochs, StopSignal stop)
            throws InterruptedException {
        if (isThere()) {
            return true; // a process was killed before it could say so
        }
        plan.configuration()
                .find(Settings.THREADS)
                .ifPresent(n -> ArithmeticThreads.set(Math.toIntExact(n)));
        Optional<RunFolder> opened = folder(stop);
        if (opened.isEmpty()) {
            return false;
        }
        try (RunFolder run = opened.get()) {
            if (isThere()) {
                return true; // a process of a sweep that was killed was still at it
            }
            boolean resumed = Files.exists(files.last());
            if (!resumed) {
                run.writeConfig(plan.configFile(""));
            }
            Until until = new Until(run, epochs, stop);
            Training training =
                    new Training(
                            plan,
                            settings,
                            StartingWeights.of(plan, files),
                            run,
                            new PrintWriter(Writer.nullWriter()),
                            images);
            return training.train(resumed, until, until.pause).isPresent() || isThere();
        }
    }

    private boolean isThere() {
        return Files.exists(files.result())
                || (toEpoch < settings.epochs()
                        && Files.exists(files.last())
                        && CheckpointFile.readHeader(files.last()).progress().epoch() >= toEpoch);
    }

    /** A process of a sweep that was killed ends too, but after its step; nothing on a stop. */
    private Optional<RunFolder> folder(StopSignal stop) throws InterruptedException {
        if (!Files.exists(files.config()) && !Files.exists(files.last())) {
            return Optional.of(RunFolder.createAt(files.folder()));
        }
        for (int seconds = 0; !stop.requested(); seconds++) {
            try {
                return Optional.of(RunFolder.open(files.folder()));
            } catch (BadInput inUse) {
                if (seconds >= LONGEST_WAIT_SECONDS) {
                    throw inUse;
                }
                if (seconds == SAID_AFTER_SECONDS) {
                    log.warn(
                            "{} is in use by another process; waiting for its end", files.folder());
                }
                Thread.sleep(1000);
            }
        }
        return Optional.empty();
    }

    /** Stops at the epoch, or when the sweep does. */
    private final class Until implements TrainListener {
        private final StopSignal pause;
        private final RunFolder run;
        private final Consumer<EpochRecord> epochs;

        Until(RunFolder run, Consumer<EpochRecord> epochs, StopSignal stop) {
            this.run = run;
            this.epochs = epochs;
            this.pause = new StopSignal(stop);
        }

        @Override
        public void epochDone(EpochRecord record, EvalResult validation, boolean best) {
            run.log(ProgressDisplay.line(record, settings.epochs()) + (best ? "  best" : ""));
            epochs.accept(record);
            if (record.epoch() >= toEpoch && toEpoch < settings.epochs()) {
                pause.request();
            }
        }
    }
}
