package org.cnnzoo.build;

/** Hears how long each part of a pass took. */
@FunctionalInterface
public interface CallTimer {
    /**
     * A part is done.
     *
     * @param node of the network, or a name beside them for what belongs to none
     * @param backward whether it belongs to the backward pass
     */
    void took(String node, boolean backward, long nanos);
}
