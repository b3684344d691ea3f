package org.cnnzoo.eval;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.cnnzoo.data.Augmentation;
import org.cnnzoo.data.Batch;
import org.cnnzoo.data.BatchLoader;
import org.cnnzoo.data.LoaderOptions;
import org.cnnzoo.data.PreparedImages;
import org.cnnzoo.data.TestViews;
import org.cnnzoo.run.FlatVector;

/**
 * A split, run through a network once.
 *
 * @param classes a name for each of the network's outputs
 * @param workers threads that decode images; the figures don't depend on it
 * @param limitBatches only so many batches, of images evenly spaced; 0: all
 */
public record Evaluation(List<String> classes, int workers, int limitBatches) {
    private static final int MOST = 256;
    private static final int NUMBERS = 32 * 3 * 224 * 224;

    public Evaluation {
        classes = List.copyOf(classes);
    }

    /** Of every image, decoded by one worker. */
    public Evaluation(List<String> classes) {
        this(classes, 1, 0);
    }

    /**
     * Images in a batch: 256, or fewer where they are so large that their activations would fill
     * the memory (32 at 3x224x224). It depends on the size alone, since the last bits of a
     * network's answers may depend on it.
     *
     * @param imageLength C * H * W
     */
    public static int batchSize(int imageLength) {
        return Math.max(1, Math.min(MOST, NUMBERS / imageLength));
    }

    /**
     * Evaluates.
     *
     * @throws org.cnnzoo.errors.WorkFailed if no image could be decoded
     */
    public EvalResult run(Classifier network, PreparedImages images) {
        return run(network, images, () -> false).orElseThrow();
    }

    /**
     * Evaluates, unless {@code stop} says so between two batches.
     *
     * @return nothing if it was stopped
     * @throws org.cnnzoo.errors.WorkFailed if no image could be decoded
     */
    public Optional<EvalResult> run(
            Classifier network, PreparedImages images, BooleanSupplier stop) {
        return run(network, images, 1, stop, LabelledAnswer.Listener.NONE);
    }

    /**
     * Evaluates, and tells of every image's answer.
     *
     * @param images those of a split, or {@link TestViews} of them
     * @param views how many of them follow one another for each image: the probabilities of an
     *     image's views are averaged
     * @param listener called in the order of the images, on this thread
     * @throws org.cnnzoo.errors.WorkFailed if no image could be decoded
     */
    public EvalResult run(
            Classifier network,
            PreparedImages images,
            int views,
            LabelledAnswer.Listener listener) {
        return run(network, images, views, () -> false, listener).orElseThrow();
    }

    private Optional<EvalResult> run(
            Classifier network,
            PreparedImages images,
            int views,
            BooleanSupplier stop,
            LabelledAnswer.Listener listener) {
        int batchSize = Math.max(1, batchSize(images.preprocessing().length()) / views) * views;
        LoaderOptions options =
                LoaderOptions.evaluation(batchSize)
                        .withWorkers(workers)
                        .withMost(
                                limitBatches == 0
                                        ? LoaderOptions.ALL
                                        : (int)
                                                Math.min(
                                                        LoaderOptions.ALL,
                                                        (long) limitBatches * batchSize));
        Tally tally = new Tally(classes.size());
        NativeMemory memory = new NativeMemory();
        BatchTensor tensor = new BatchTensor(images.preprocessing());
        try (BatchLoader loader = new BatchLoader(images, Augmentation.NONE, options)) {
            while (!stop.getAsBoolean()) {
                if (!loader.hasNext()) {
                    return Optional.of(tally.result(classes));
                }
                Batch batch = loader.next();
                Answers answers =
                        Answers.of(batch, FlatVector.copy(network.logits(tensor.of(batch))), views);
                tally.add(answers.scores(), answers.labels());
                if (listener != LabelledAnswer.Listener.NONE) {
                    answers.tell(listener);
                }
                memory.passDone();
            }
        }
        return Optional.empty();
    }
}
