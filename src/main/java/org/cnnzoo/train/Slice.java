package org.cnnzoo.train;

/**
 * A few thousand parameters beside their gradients and state, small enough to stay in a core's
 * first cache while a rule passes over them.
 */
public final class Slice {
    /** At most so many elements. */
    static final int CAPACITY = 2048;

    private final float[] values = new float[CAPACITY];
    private final float[] gradients = new float[CAPACITY];
    private final float[][] state;
    private int size;

    Slice(int slots) {
        this.state = new float[slots][CAPACITY];
    }

    void resize(int elements) {
        this.size = elements;
    }

    /** How many elements of each array count. */
    public int size() {
        return size;
    }

    public float[] values() {
        return values;
    }

    public float[] gradients() {
        return gradients;
    }

    /** The state vector of an {@link Optimizer#slots()} index. */
    public float[] state(int slot) {
        return state[slot];
    }
}
