package org.cnnzoo.train;

import java.util.Optional;
import org.cnnzoo.build.Parameter;
import org.cnnzoo.build.Step;
import org.cnnzoo.data.Augmentation;
import org.cnnzoo.data.Batch;
import org.cnnzoo.data.BatchLoader;
import org.cnnzoo.data.LoaderOptions;
import org.cnnzoo.data.PreparedImages;
import org.cnnzoo.eval.BatchTensor;
import org.cnnzoo.eval.NativeMemory;
import org.cnnzoo.run.FlatVector;
import org.jspecify.annotations.Nullable;

/**
 * One of the networks that share the batches of a training. All that a part depends on is in its
 * {@link Round}: whichever replica does it, and if two do, the bits are the same.
 */
public final class Replica {
    private final TrainSettings settings;
    private final Trainable model;
    private final TrainState state;
    private final PreparedImages images;
    private final Augmentation augmentation;
    private final Targets targets;
    private final BatchTensor tensor;
    private final NativeMemory memory = new NativeMemory();
    private @Nullable BatchLoader loader;
    private int loaderEpoch = -1;

    /**
     * @param settings of the whole training
     * @param model used by nobody else
     * @param classes outputs of the network
     */
    public Replica(
            TrainSettings settings,
            Trainable model,
            PreparedImages images,
            Augmentation augmentation,
            int classes) {
        this.settings = settings;
        this.model = model;
        this.state = new TrainState(model, settings);
        this.images = images;
        this.augmentation = augmentation;
        this.targets =
                new Targets(
                        settings.labelSmoothing(),
                        settings.classWeights().of(images.set(), classes));
        this.tensor = new BatchTensor(images.preprocessing());
    }

    /**
     * Does a part of a round.
     *
     * @param part from 0
     * @return what it led to; its images are 0 if it had no batch, and it says so if a loss wasn't
     *     finite, rather than throwing
     * @throws org.cnnzoo.errors.WorkFailed if the images can't be read at all
     */
    public Part part(Round round, int part) {
        BatchLoader batches = loader(round);
        state.take(round);
        Sum sum = new Sum(round);
        for (int k = 0; round.first() + k * round.parts() + part < round.end(); k++) {
            int offset = k * round.parts() + part;
            Optional<Batch> batch = batches.batch(round.first() + offset);
            if (batch.isPresent() && !sum.add(batch.get(), step(round, k, offset, batch.get()))) {
                break;
            }
            memory.passDone();
        }
        return sum.part();
    }

    private BatchLoader loader(Round round) {
        BatchLoader current = loader;
        if (current == null || loaderEpoch != round.epoch()) {
            LoaderOptions options =
                    new LoaderOptions(
                            settings.batchSize() / round.parts(),
                            true,
                            settings.seed(),
                            round.epoch(),
                            0,
                            0,
                            settings.balanced(),
                            LoaderOptions.ALL);
            current = new BatchLoader(images, augmentation, options);
            loader = current;
            loaderEpoch = round.epoch();
        }
        return current;
    }

    private Step step(Round round, int k, int offset, Batch batch) {
        long pass = round.pass() + offset;
        if (round.sync() == Sync.PARAMETERS) {
            return state.step(
                    tensor.of(batch),
                    targets.of(batch.labels(), batch.share()),
                    pass,
                    round.rates()[k],
                    false);
        }
        return model.forwardBackward(
                tensor.of(batch), targets.of(batch.labels(), batch.share()), pass);
    }

    /** What the batches of a part come to. */
    private final class Sum {
        private static final Part NOTHING = new Part(0, 0, 0, new float[0], new float[0][], "");

        private final Round round;
        private int images;
        private int batches;
        private double loss;
        private long correct;
        private float[] gradient = new float[0];
        private String bad = "";

        Sum(Round round) {
            this.round = round;
        }

        /** Whether to go on. */
        boolean add(Batch batch, Step step) {
            if (round.sync() == Sync.GRADIENTS) {
                addGradient(batch.size());
            }
            images += batch.size();
            batches++;
            loss += step.loss() * batch.size();
            if (Divergence.has(step.loss())) {
                bad = Divergence.batch(batch);
                return false;
            }
            correct += EpochSums.correct(step, batch);
            return true;
        }

        /** A single batch's gradient stays as it is, bit by bit; several are weighted by images. */
        private void addGradient(int size) {
            float[] next = FlatVector.copy(model.gradients());
            state.moveStatistics(); // the next batch's step begins where this one's led
            if (batches == 0) {
                gradient = next;
                return;
            }
            for (int i = 0; i < next.length; i++) {
                float before = batches == 1 ? gradient[i] * images : gradient[i];
                gradient[i] = before + next[i] * size;
            }
        }

        Part part() {
            if (images == 0) {
                return NOTHING;
            }
            if (round.sync() == Sync.PARAMETERS) {
                return new Part(
                        images, loss, correct, state.valuesCopy(), state.vectorsCopy(), bad);
            }
            if (batches > 1) {
                for (int i = 0; i < gradient.length; i++) {
                    gradient[i] /= images;
                }
                statistics(gradient);
            }
            return new Part(images, loss, correct, gradient, new float[0][], bad);
        }

        /** What all steps of the running statistics came to: value minus that is new. */
        private void statistics(float[] into) {
            float[] now = state.valuesCopy();
            for (Parameter parameter : model.parameters()) {
                if (!parameter.role().trainable()) {
                    for (long i = 0; i < parameter.length(); i++) {
                        int at = (int) (parameter.offset() + i);
                        into[at] = round.values()[at] - now[at];
                    }
                }
            }
        }
    }
}
