package org.cnnzoo.data;

/** How an image of another shape is brought to the network's. */
public enum ResizeMode {
    /** The image is scaled until it covers the target, and its middle cut out. */
    CROP,
    /** The image is scaled until it fits inside the target, and the rest is black. */
    LETTERBOX,
    /** Height and width are scaled each for itself; proportions change. */
    STRETCH
}
