package org.cnnzoo.eval;

/** Logits as probabilities. */
final class Softmax {
    private Softmax() {}

    /**
     * A row's probabilities, in double and without overflow however large the logits are.
     *
     * @param logits row by row
     * @param row where the row starts
     * @param classes length of the row
     */
    static double[] of(float[] logits, int row, int classes) {
        double greatest = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < classes; c++) {
            greatest = Math.max(greatest, logits[row + c]);
        }
        double[] shares = new double[classes];
        double sum = 0;
        for (int c = 0; c < classes; c++) {
            shares[c] = Math.exp(logits[row + c] - greatest);
            sum += shares[c];
        }
        for (int c = 0; c < classes; c++) {
            shares[c] /= sum;
        }
        return shares;
    }
}
