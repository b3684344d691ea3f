package org.cnnzoo.bench;

import java.util.Comparator;
import java.util.List;

/**
 * Where a step's time goes, in milliseconds, means over the measured steps.
 *
 * @param layers the slowest first
 * @param afterMs from the end of the last layer to the end of the step: in training that is the
 *     optimiser's update
 * @param betweenMs before and between the layers
 */
public record Profile(List<Layer> layers, double afterMs, double betweenMs) {
    public Profile {
        layers =
                layers.stream()
                        .sorted(Comparator.comparingDouble(Layer::milliseconds).reversed())
                        .toList();
    }

    /**
     * One layer.
     *
     * @param name its path in the network
     * @param type its operation's
     * @param forwardMs in the forward pass
     * @param backwardMs in the backward pass; 0 in inference
     */
    public record Layer(String name, String type, double forwardMs, double backwardMs) {
        /** Both passes. */
        public double milliseconds() {
            return forwardMs + backwardMs;
        }
    }

    /** The mean step. */
    public double stepMs() {
        return layers.stream().mapToDouble(Layer::milliseconds).sum() + afterMs + betweenMs;
    }
}
