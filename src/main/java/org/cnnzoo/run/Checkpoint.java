package org.cnnzoo.run;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A network at one moment of its training; {@link CheckpointFile} writes and reads it.
 *
 * @param provenance how the network is built
 * @param progress how far it was trained
 * @param configuration the Deeplearning4j graph's, as JSON
 * @param values parameters and running statistics [P], those that evaluation and prediction use:
 *     the moving average where the run keeps one
 * @param trained the parameters [P] that the optimiser works on, where {@code values} are an
 *     average of them
 * @param optimizer the optimiser's vectors [P] by name; empty in {@code best.zip}, which training
 *     doesn't go on from
 */
public record Checkpoint(
        Provenance provenance,
        Progress progress,
        String configuration,
        INDArray values,
        Optional<INDArray> trained,
        SortedMap<String, INDArray> optimizer) {
    public Checkpoint {
        optimizer = Collections.unmodifiableSortedMap(new TreeMap<>(optimizer));
    }

    /**
     * What a checkpoint says without its vectors.
     *
     * @param provenance how the network is built
     * @param progress how far it was trained
     * @param parameters of the network, running statistics among them
     */
    public record Header(Provenance provenance, Progress progress, long parameters) {}
}
