package org.cnnzoo.eval;

import java.util.ArrayList;
import java.util.List;
import org.cnnzoo.errors.WorkFailed;

/** Counts a network's answers and sums its loss, image by image. */
public final class Tally {
    private static final int FEW = 5;

    private final int outputs;
    private final long[][] confusion;
    private long images;
    private long top1;
    private long top5;
    private double loss;
    private final Calibration.Counts calibration = new Calibration.Counts();

    /**
     * @param outputs of the network
     */
    public Tally(int outputs) {
        this.outputs = outputs;
        this.confusion = new long[outputs][outputs];
    }

    /**
     * Counts a batch.
     *
     * @param logits [N, outputs], row by row
     * @param labels [N]
     */
    public void add(float[] logits, int[] labels) {
        for (int n = 0; n < labels.length; n++) {
            int row = n * outputs;
            int label = labels[n];
            int rank = TopK.rank(logits, row, outputs, label);
            images++;
            top1 += rank < 1 ? 1 : 0;
            top5 += rank < FEW ? 1 : 0;
            double logOfSum = logOfSum(logits, row);
            int first = TopK.first(logits, row, outputs);
            loss += logOfSum - logits[row + label];
            confusion[label][first]++;
            calibration.add(Math.exp(logits[row + first] - logOfSum), rank < 1);
        }
    }

    /** {@code log(sum of exp)}, in double: less a class's logit it is that class's surprise. */
    private double logOfSum(float[] logits, int row) {
        double greatest = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < outputs; c++) {
            greatest = Math.max(greatest, logits[row + c]);
        }
        double sum = 0;
        for (int c = 0; c < outputs; c++) {
            sum += Math.exp(logits[row + c] - greatest);
        }
        return Math.log(sum) + greatest;
    }

    /**
     * The figures.
     *
     * @param classes a name for each output
     * @throws WorkFailed if no image was counted
     */
    public EvalResult result(List<String> classes) {
        if (images == 0) {
            throw new WorkFailed("there was no image to evaluate on");
        }
        List<EvalResult.ClassFigures> perClass = new ArrayList<>();
        List<List<Long>> rows = new ArrayList<>();
        for (int c = 0; c < outputs; c++) {
            List<Long> row = new ArrayList<>();
            long support = 0;
            long answered = 0;
            for (int other = 0; other < outputs; other++) {
                row.add(confusion[c][other]);
                support += confusion[c][other];
                answered += confusion[other][c];
            }
            rows.add(List.copyOf(row));
            perClass.add(figures(classes.get(c), confusion[c][c], answered, support));
        }
        return new EvalResult(
                images,
                loss / images,
                (double) top1 / images,
                (double) top5 / images,
                perClass,
                rows,
                calibration.calibration());
    }

    private static EvalResult.ClassFigures figures(
            String name, long right, long answered, long support) {
        return new EvalResult.ClassFigures(
                name,
                ratio(right, answered),
                ratio(right, support),
                ratio(2 * right, answered + support),
                support);
    }

    private static double ratio(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
