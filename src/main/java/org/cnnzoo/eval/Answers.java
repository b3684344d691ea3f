package org.cnnzoo.eval;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.cnnzoo.data.Batch;
import org.cnnzoo.errors.WorkFailed;

/**
 * A network's scores for the images of a batch, one row for each image.
 *
 * @param scores [N, classes], row by row: logits, or the logarithms of averaged probabilities, of
 *     which softmax makes the same probabilities again
 * @param labels [N]
 * @param names [N]
 */
@SuppressWarnings("ArrayRecordComponent") // bulk data: a list would box every sample
record Answers(float[] scores, int[] labels, List<String> names) {

    /**
     * Logits as they are, or, of several views of each image, averaged.
     *
     * @param logits [batch, classes]
     * @param views how many rows of the batch belong to one image
     */
    static Answers of(Batch batch, float[] logits, int views) {
        if (views == 1) {
            return new Answers(logits, batch.labels(), batch.names());
        }
        if (batch.size() % views != 0) {
            throw new WorkFailed(
                    "some views of an image could be read and others not: the files change");
        }
        int images = batch.size() / views;
        int classes = logits.length / batch.size();
        float[] scores = new float[images * classes];
        int[] labels = new int[images];
        for (int n = 0; n < images; n++) {
            double[] sum = new double[classes];
            for (int v = n * views; v < (n + 1) * views; v++) {
                double[] one = Softmax.of(logits, v * classes, classes);
                Arrays.setAll(sum, c -> sum[c] + one[c]);
            }
            for (int c = 0; c < classes; c++) {
                scores[n * classes + c] =
                        (float) Math.log(Math.max(sum[c] / views, Double.MIN_VALUE));
            }
            labels[n] = batch.labels()[n * views];
        }
        List<String> names =
                IntStream.range(0, images).mapToObj(n -> batch.names().get(n * views)).toList();
        return new Answers(scores, labels, names);
    }

    /** Tells of each image's answer. */
    void tell(LabelledAnswer.Listener listener) {
        int classes = labels.length == 0 ? 0 : scores.length / labels.length;
        for (int n = 0; n < labels.length; n++) {
            int row = n * classes;
            listener.answered(
                    new LabelledAnswer(
                            names.get(n),
                            labels[n],
                            TopK.first(scores, row, classes),
                            Softmax.of(scores, row, classes)));
        }
    }
}
