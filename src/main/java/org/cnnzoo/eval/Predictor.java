package org.cnnzoo.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import org.cnnzoo.data.Augmentation;
import org.cnnzoo.data.Batch;
import org.cnnzoo.data.BatchLoader;
import org.cnnzoo.data.ImageFiles;
import org.cnnzoo.data.LoaderOptions;
import org.cnnzoo.data.PreparedImages;
import org.cnnzoo.data.Preprocessing;
import org.cnnzoo.run.FlatVector;

/**
 * A network's answers for images without labels, in the order of the images.
 *
 * @param network gives the logits
 * @param classes a name for each of the network's outputs
 * @param preprocessing of the network
 * @param topK how many classes an answer names; all, if there are fewer
 * @param keepLogits whether answers carry the logits of all classes
 */
public record Predictor(
        Classifier network,
        List<String> classes,
        Preprocessing preprocessing,
        int topK,
        boolean keepLogits) {
    public Predictor {
        classes = List.copyOf(classes);
    }

    /**
     * Answers for image files, prepared as for training and evaluation. A file that can't be
     * decoded gets a {@link Prediction.Failure}.
     *
     * @param images the files
     * @param prepared the same files, through the network's preprocessing
     * @param options of an evaluation
     * @param done told how many more images were dealt with
     */
    public List<Prediction> images(
            ImageFiles images, PreparedImages prepared, LoaderOptions options, IntConsumer done) {
        Pass pass = new Pass();
        List<Prediction> all = new ArrayList<>(images.size());
        try (BatchLoader loader = new BatchLoader(prepared, Augmentation.NONE, options)) {
            while (loader.hasNext()) {
                Batch batch = loader.next();
                long end = Math.min((batch.index() + 1L) * options.batchSize(), images.size());
                done.accept((int) end - all.size());
                addUpTo(end, images, pass.answers(batch), all);
            }
        }
        done.accept(images.size() - all.size());
        addUpTo(images.size(), images, List.of(), all);
        return all;
    }

    /** Puts failures where they belong among a batch's answers, which lacks them. */
    private static void addUpTo(
            long end, ImageFiles images, List<Prediction> answers, List<Prediction> all) {
        int next = 0;
        for (int i = all.size(); i < end; i++) {
            String failure = images.failure(i).orElse(null);
            all.add(
                    failure == null
                            ? answers.get(next++)
                            : new Prediction.Failure(images.name(i), failure));
        }
    }

    /**
     * Answers for images that need no preprocessing.
     *
     * @param images of the network's size
     * @param batchSize images in a pass
     * @param done told how many more images were dealt with
     */
    public List<Prediction> tensor(ImageTensor images, int batchSize, IntConsumer done) {
        Pass pass = new Pass();
        List<Prediction> all = new ArrayList<>(images.count());
        for (int first = 0; first < images.count(); first += batchSize) {
            int size = Math.min(batchSize, images.count() - first);
            all.addAll(pass.answers(images.batch(first, size)));
            done.accept(size);
        }
        return all;
    }

    /** A walk through batches, in memory that is used again. */
    private final class Pass {
        private final BatchTensor tensor = new BatchTensor(preprocessing);
        private final NativeMemory memory = new NativeMemory();

        List<Prediction> answers(Batch batch) {
            float[] logits = FlatVector.copy(network.logits(tensor.of(batch)));
            memory.passDone();
            List<Prediction> answers = new ArrayList<>(batch.size());
            int outputs = classes.size();
            for (int n = 0; n < batch.size(); n++) {
                float[] row = Arrays.copyOfRange(logits, n * outputs, (n + 1) * outputs);
                answers.add(answer(batch.names().get(n), row));
            }
            return answers;
        }
    }

    private Prediction answer(String file, float[] logits) {
        int bad = 0;
        for (float logit : logits) {
            bad += Float.isFinite(logit) ? 0 : 1;
        }
        if (bad > 0) {
            return new Prediction.Failure(
                    file,
                    "%d of the network's %d logits are NaN or infinite"
                            .formatted(bad, logits.length));
        }
        double[] probabilities = Softmax.of(logits, 0, logits.length);
        List<Prediction.Ranked> ranked = new ArrayList<>();
        for (int c : TopK.best(logits, 0, logits.length, topK)) {
            ranked.add(
                    new Prediction.Ranked(
                            ranked.size() + 1, classes.get(c), probabilities[c], logits[c]));
        }
        return new Prediction.Answer(file, ranked, keepLogits ? logits : null);
    }
}
