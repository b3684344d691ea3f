package org.cnnzoo.eval;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.cnnzoo.data.Augmentation;
import org.cnnzoo.data.Batch;
import org.cnnzoo.data.BatchLoader;
import org.cnnzoo.data.LoaderOptions;
import org.cnnzoo.data.PreparedImages;
import org.cnnzoo.run.FlatVector;

/**
 * A split, run through a network once.
 *
 * @param classes a name for each of the network's outputs
 * @param workers threads that decode images; the figures don't depend on it
 * @param limitBatches only so many batches; 0: all
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
        LoaderOptions options =
                LoaderOptions.evaluation(batchSize(images.preprocessing().length()))
                        .withWorkers(workers);
        Tally tally = new Tally(classes.size());
        NativeMemory memory = new NativeMemory();
        BatchTensor tensor = new BatchTensor(images.preprocessing());
        try (BatchLoader loader = new BatchLoader(images, Augmentation.NONE, options)) {
            while (!stop.getAsBoolean()) {
                if (!loader.hasNext()) {
                    return Optional.of(tally.result(classes));
                }
                Batch batch = loader.next();
                if (limitBatches > 0 && batch.index() >= limitBatches) {
                    return Optional.of(tally.result(classes));
                }
                tally.add(FlatVector.copy(network.logits(tensor.of(batch))), batch.labels());
                memory.passDone();
            }
        }
        return Optional.empty();
    }
}
