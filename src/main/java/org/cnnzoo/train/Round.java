package org.cnnzoo.train;

import java.io.Serializable;

/**
 * What replicas do between two times that they are brought together: from the values that all of
 * them begin with, some batches each. Batch {@code first + k * parts + p} is the {@code k}-th of
 * part {@code p}.
 *
 * @param sync what comes back
 * @param parts how many replicas
 * @param epoch from 0
 * @param first index of the round's first batch, of a part's size, in the epoch
 * @param end index of the first batch that is no longer the round's
 * @param pass counts forward passes from 0, the round's first one: dropout's masks derive from it
 * @param steps updates done before
 * @param rates learning rates of the updates in this round; empty if replicas do none
 * @param values parameters and running statistics [P]
 * @param state the optimiser's vectors [P] in the order of their names; empty if replicas don't
 *     update
 */
@SuppressWarnings("ArrayRecordComponent") // bulk data
public record Round(
        Sync sync,
        int parts,
        int epoch,
        int first,
        int end,
        long pass,
        long steps,
        double[] rates,
        float[] values,
        float[][] state)
        implements Serializable {}
