package org.cnnzoo.session;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cnnzoo.build.Model;
import org.cnnzoo.build.ModelBuilder;
import org.cnnzoo.console.Interruption;
import org.cnnzoo.console.ProgressDisplay;
import org.cnnzoo.console.Terminal;
import org.cnnzoo.data.Dataset;
import org.cnnzoo.data.Preprocessing;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.errors.WorkFailed;
import org.cnnzoo.network.Network;
import org.cnnzoo.recipe.Settings;
import org.cnnzoo.recipe.TrainingPlan;
import org.cnnzoo.run.CheckpointFile;
import org.cnnzoo.run.Provenance;
import org.cnnzoo.run.RunFolder;
import org.cnnzoo.run.RunResult;
import org.cnnzoo.spec.ArchitectureText;
import org.cnnzoo.train.Outcome;
import org.cnnzoo.train.Replicas;
import org.cnnzoo.train.ResizableModel;
import org.cnnzoo.train.StopSignal;
import org.cnnzoo.train.TrainData;
import org.cnnzoo.train.TrainListener;
import org.cnnzoo.train.TrainSettings;
import org.cnnzoo.train.Trainable;
import org.cnnzoo.train.Trainer;
import org.cnnzoo.ui.TrainingPages;

/** A plan, carried out in a run folder: training, the test split, the result. */
public final class Training {
    private final TrainingPlan plan;
    private final TrainSettings settings;
    private final RunFolder run;
    private final PrintWriter err;
    private final Preprocessing preprocessing;
    private final Provenance provenance;
    private final Optional<StartingWeights> weights;
    private final Model model;
    private final TrainingImages images;
    private Optional<Replicas> replicas = Optional.empty();
    private Optional<TrainingPages> pages = Optional.empty();
    private Runnable accepted = () -> {};

    public Training(
            TrainingPlan plan,
            TrainSettings settings,
            Optional<StartingWeights> weights,
            RunFolder run,
            PrintWriter err) {
        this(plan, settings, weights, run, err, ImageSource.own(plan.cache()));
    }

    /**
     * @param weights what a training starts from; nothing if it goes on or starts anew
     * @param source where the images come from, which trials of a sweep share
     */
    public Training(
            TrainingPlan plan,
            TrainSettings settings,
            Optional<StartingWeights> weights,
            RunFolder run,
            PrintWriter err,
            ImageSource source) {
        this.weights = weights;
        this.plan = plan;
        this.settings = settings;
        this.run = run;
        this.err = err;
        this.preprocessing = preprocessing(plan, weights);
        this.provenance = provenance(plan, preprocessing);
        this.images = new TrainingImages(plan, preprocessing, source, this::say);
        this.model = built(plan, settings, plan.network());
    }

    /** Has others do the passes of the steps. */
    public Training by(Optional<Replicas> others) {
        this.replicas = others;
        return this;
    }

    /** Does something once a run's checkpoint has been found to fit, before it goes on. */
    public Training whenAccepted(Runnable action) {
        this.accepted = action;
        return this;
    }

    /** Shows the steps on pages, if there are any. */
    public Training on(Optional<TrainingPages> shown) {
        this.pages = shown;
        return this;
    }

    /** How images become what the network sees; weights that it starts from have a say. */
    static Preprocessing preprocessing(TrainingPlan plan, Optional<StartingWeights> weights) {
        Preprocessing own = plan.preprocessing();
        return weights.flatMap(StartingWeights::normalization)
                .map(normalization -> own.withNormalization(normalization))
                .orElse(own);
    }

    /**
     * Trains, or goes on with a training.
     *
     * @param resumed whether to go on from the run's last checkpoint
     * @return the result, or nothing if it was interrupted
     */
    public Optional<RunResult> train(boolean resumed) {
        try (Interruption interruption = new Interruption(err)) {
            Outcome outcome = shown(resumed, data(resumed), interruption.signal());
            if (outcome.end() == Outcome.End.INTERRUPTED) {
                say("Interrupted; go on with: cnn train --resume " + run.files().folder());
                return Optional.empty();
            }
            return outcome.last().map(last -> ending().of(outcome, last));
        }
    }

    private Outcome shown(boolean resumed, TrainData data, StopSignal stop) {
        try (ProgressDisplay display =
                new ProgressDisplay(
                        err,
                        Terminal.onStderr(),
                        settings.batchSize() * settings.gradAccumSteps(),
                        data.train().set().size(),
                        run::log)) {
            return outcome(resumed, data, display, stop);
        }
    }

    /** The same for a trial of a sweep, which has a display and an interruption of its own. */
    public Optional<RunResult> train(boolean resumed, TrainListener listener, StopSignal stop) {
        Outcome outcome = outcome(resumed, data(resumed), listener, stop);
        return outcome.end() == Outcome.End.INTERRUPTED
                ? Optional.empty()
                : outcome.last().map(last -> ending().of(outcome, last));
    }

    private TrainData data(boolean resumed) {
        if (resumed) {
            refuseOtherData();
        }
        say(plan.input());
        say(preprocessing.describe(plan.data()));
        say(plan.network().summary());
        if (!resumed) {
            weights.ifPresent(w -> say(w.into().apply(model)));
        }
        TrainData data = images.data();
        say(
                "%,d images to train on, %,d to validate; %d epochs in %s"
                        .formatted(
                                data.train().set().size(),
                                data.val().set().size(),
                                settings.epochs(),
                                run.files().folder()));
        return data;
    }

    private Trainable trainable() {
        return plan.phases().isEmpty()
                ? Trainable.of(model)
                : new ResizableModel(model, side -> built(plan, settings, images.network(side)));
    }

    /** The plan's network, or one of another size with its parameters, on the plan's engine. */
    static Model built(TrainingPlan plan, TrainSettings settings, Network network) {
        return ModelBuilder.build(network, settings.seed(), plan.backend());
    }

    private Outcome outcome(
            boolean resumed, TrainData data, TrainListener listener, StopSignal stop) {
        Optional<TensorBoardListener> tensorBoard =
                plan.configuration().get(Settings.TENSORBOARD)
                        ? Optional.of(new TensorBoardListener(run, listener))
                        : Optional.empty();
        TrainListener all = tensorBoard.isPresent() ? tensorBoard.get() : listener;
        if (pages.isPresent()) {
            all = pages.get().listener(run.files().name(), model, settings.optimizer(), all);
        }
        Trainer trainer =
                new Trainer(settings, trainable(), data, provenance, run, all, stop, replicas);
        try {
            Outcome outcome = resumed ? trainer.resume(this::goesOn) : trainer.start();
            tensorBoard.ifPresent(TensorBoardListener::complete);
            return outcome;
        } catch (WorkFailed e) {
            run.logBeside(e, "failed: " + e.getMessage());
            throw e;
        }
    }

    private void goesOn() {
        accepted.run();
        run.removeResult();
    }

    private Ending ending() {
        return new Ending(plan, settings, run, model, provenance, images, this::say);
    }

    private void refuseOtherData() {
        Provenance before = CheckpointFile.readHeader(run.files().last()).provenance();
        if (!before.datasetHash().equals(provenance.datasetHash())) {
            throw new BadInput(
                    "the images of %s are not those that %s was trained on"
                            .formatted(plan.data().name(), run.files().folder()));
        }
    }

    /** On stderr and in the run's log; workers that decode images say things too. */
    private synchronized void say(String line) {
        err.println(line);
        err.flush();
        run.log(line);
    }

    private static Provenance provenance(TrainingPlan plan, Preprocessing preprocessing) {
        ArchitectureText text = ArchitectureText.of(plan.file());
        return new Provenance(
                plan.network().name(),
                text.own(),
                text.base(),
                plan.builtByPath(),
                classes(plan.data(), plan.network().classes()),
                preprocessing,
                plan.data().name(),
                plan.data().hash());
    }

    /** A name for each output; those beyond the data's classes have a number. */
    private static List<String> classes(Dataset data, int outputs) {
        List<String> names = new ArrayList<>(data.classes());
        while (names.size() < outputs) {
            names.add("class " + names.size());
        }
        return names;
    }
}
