package org.cnnzoo.train;

import java.util.List;
import org.cnnzoo.run.FlatVector;
import org.cnnzoo.run.Progress;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An epoch cut into the rounds of replicas.
 *
 * @param batches of a part's size that the epoch has
 */
record Rounds(TrainSettings settings, Replicas replicas, int batches) {

    /** Images of a part's batch. */
    int partSize() {
        return settings.batchSize() / replicas.parts();
    }

    /** A part's batches in one update. */
    int group() {
        return replicas.parts() * (replicas.sync() == Sync.GRADIENTS ? replicas.every() : 1);
    }

    /** Updates in the epoch. */
    int steps() {
        return (batches + group() - 1) / group();
    }

    /** The update that an image of the epoch's order belongs to. */
    int step(long sample) {
        return (int) (sample / ((long) partSize() * group()));
    }

    /** How many updates the round has that begins with this one. */
    int updates(int step) {
        return replicas.sync() == Sync.GRADIENTS ? 1 : Math.min(replicas.every(), steps() - step);
    }

    /**
     * The place in the epoch's order after so many updates; behind the last one, past the last
     * image where its batches aren't all there.
     */
    long samples(int stepsDone) {
        return (long) stepsDone * group() * partSize();
    }

    Round round(TrainState state, Progress progress, int step, double[] rates) {
        boolean updating = replicas.sync() == Sync.PARAMETERS;
        return new Round(
                replicas.sync(),
                replicas.parts(),
                progress.epoch(),
                step * group(),
                Math.min(batches, (step + updates(step)) * group()),
                progress.iteration() * group(),
                progress.iteration(),
                rates,
                state.valuesCopy(),
                updating ? state.vectorsCopy() : new float[0][]);
    }

    /**
     * The sum of vectors, each by its share, added up in their order: the same bits whoever was
     * done first.
     *
     * @param vectors [P] each; empty ones are left out
     */
    static void mean(List<float[]> vectors, double[] shares, INDArray into) {
        int length = Math.toIntExact(into.length());
        float[] sum = new float[length];
        for (int p = 0; p < shares.length; p++) {
            float share = (float) shares[p];
            float[] vector = vectors.get(p);
            for (int i = 0; i < vector.length; i++) {
                sum[i] += vector[i] * share;
            }
        }
        FlatVector.of(into).write(0, sum, length);
    }
}
