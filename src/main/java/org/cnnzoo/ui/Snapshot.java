package org.cnnzoo.ui;

import java.util.Map;

/**
 * A training at one step, as the pages show it.
 *
 * @param iteration steps done
 * @param loss of the step
 * @param lr its learning rate
 * @param runMillis since this process began to train
 * @param images that this process has trained on
 * @param imagesPerSecond since the last snapshot
 * @param stepsPerSecond since the last snapshot
 * @param parameters by the arrays' names, after the step
 * @param gradients of the step
 * @param updates what the step added to the parameters
 */
record Snapshot(
        long iteration,
        double loss,
        double lr,
        long runMillis,
        long images,
        double imagesPerSecond,
        double stepsPerSecond,
        Map<String, Figures> parameters,
        Map<String, Figures> gradients,
        Map<String, Figures> updates) {}
