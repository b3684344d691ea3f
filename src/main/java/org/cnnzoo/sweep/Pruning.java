package org.cnnzoo.sweep;

import java.util.ArrayList;
import java.util.List;

/**
 * Successive halving (Jamieson and Talwalkar, AISTATS 2016): every trial is trained for a few
 * epochs, the best {@code 1/eta} of them {@code eta} times as long, and so on. Asynchronous (ASHA,
 * Li et al., MLSys 2020): a trial goes on as soon as it is among the best {@code 1/eta} of those
 * that came as far; otherwise only when all have.
 *
 * @param asynchronous whether it is ASHA
 * @param minEpochs of every trial, 1 or more
 * @param eta 2 or more
 */
public record Pruning(boolean asynchronous, int minEpochs, int eta) {
    /** The epochs after which it is decided who goes on, rising, all below {@code epochs}. */
    public List<Integer> rungs(int epochs) {
        List<Integer> rungs = new ArrayList<>();
        for (long rung = minEpochs; rung < epochs; rung *= eta) {
            rungs.add((int) rung);
        }
        return rungs;
    }

    /** Its name in a sweep's file. */
    public String name() {
        return asynchronous ? "asha" : "halving";
    }
}
